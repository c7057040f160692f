package dev.pawl.manual;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Reads a page's Markdown: its headings get names, its links the addresses of the manual. */
final class Markdown {

    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

    private final Sources sources;
    private final String place;
    private final Set<String> pictures;
    private final IdentityHashMap<Heading, String> anchors = new IdentityHashMap<>();

    private Markdown(Sources sources, String place, Set<String> pictures) {
        this.sources = sources;
        this.place = place;
        this.pictures = pictures;
    }

    /** Parses a text. */
    static Node parse(String text) {
        return PARSER.parse(text);
    }

    /**
     * The page at a place.
     *
     * @param pictures takes the pictures that it shows
     */
    static Page page(Sources sources, String place, String text, Set<String> pictures) {
        return new Markdown(sources, place, pictures).page(parse(text));
    }

    private Page page(Node document) {
        List<Page.Section> sections = sections(document);
        document.accept(new Uncommenting());
        document.accept(new Relinking());
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(TABLES)
                .escapeHtml(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading heading) {
                        attributes.put("id", anchors.getOrDefault(heading, ""));
                    }
                    if (tag.equals("pre")) {
                        attributes.put("tabindex", "0"); // a long line scrolls, by keys too
                    }
                    if (node instanceof Link link && link.getDestination().matches("https?:.*")) {
                        attributes.put("rel", "noopener noreferrer");
                    }
                })
                .build();
        String html = renderer.render(document)
                .replace("<th></th>", "<td></td>") // a heading without words is none
                .replace("<table>", "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>")
                .replace("</table>", "</table></div>")
                .replaceAll(
                        "<h([2-6]) id=\"([^\"]+)\">(.*?)</h\\1>",
                        "<h$1 id=\"$2\">$3 <a class=\"anchor\" href=\"#$2\" aria-label=\"Link to this section\">#</a></h$1>");
        String title = sections.isEmpty() ? place : sections.get(0).heading();
        return new Page(place, title, html, sections);
    }

    private List<Page.Section> sections(Node document) {
        var slugs = new Slugs();
        List<Page.Section> sections = new ArrayList<>();
        Node node = document.getFirstChild();
        while (node != null) {
            if (!(node instanceof Heading heading)) {
                node = node.getNext();
                continue;
            }
            String words = words(heading);
            String anchor = slugs.of(words);
            anchors.put(heading, anchor);
            var text = new StringBuilder();
            for (node = node.getNext(); node != null && !(node instanceof Heading); node = node.getNext()) {
                text.append(words(node)).append(' ');
            }
            sections.add(new Page.Section(
                    heading.getLevel(),
                    anchor,
                    words,
                    text.toString().replaceAll("\\s+", " ").strip()));
        }
        return sections;
    }

    /** The words of a part of a page. */
    static String words(Node node) {
        var words = new Words();
        node.accept(words);
        return words.text.toString().strip();
    }

    /** Turns links to pages into addresses of the manual, and those to other files of the sources, which a server does not have, into their texts. */
    private final class Relinking extends AbstractVisitor {

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String to = link.getDestination();
            if (to.matches("[a-z]+:.*") || to.startsWith("#")) {
                return;
            }
            int fragment = to.indexOf('#');
            String target = Sources.target(place, fragment < 0 ? to : to.substring(0, fragment));
            String directory = target + "/README.md";
            if (sources.has(target) || sources.has(directory)) {
                String address = Sources.address(sources.has(target) ? target : directory);
                link.setDestination(way(address) + (fragment < 0 ? "" : to.substring(fragment)));
            } else if (sources.isPicture(target)) {
                link.setDestination(picture(target));
            } else {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }

        @Override
        public void visit(Image image) {
            String target = Sources.target(place, image.getDestination());
            if (sources.isPicture(target)) {
                image.setDestination(picture(target));
            }
        }

        private String picture(String target) {
            String address = target.substring("docs/".length());
            pictures.add(address);
            return way(address);
        }

        private String way(String address) {
            String own = Sources.address(place);
            return "../".repeat((int) own.chars().filter(each -> each == '/').count()) + address;
        }
    }

    /** Takes out comments, which are for the tests of the blocks behind them. */
    private static final class Uncommenting extends AbstractVisitor {

        @Override
        public void visit(HtmlBlock block) {
            if (block.getLiteral().strip().matches("(?s)<!--.*-->")) {
                block.unlink();
            }
        }
    }

    /** Collects the words of a part of a page. */
    private static final class Words extends AbstractVisitor {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void visit(Text node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(HtmlInline node) {
            text.append(node.getLiteral()); // it is shown as it is written
        }

        @Override
        public void visit(FencedCodeBlock node) {
            text.append(' ').append(node.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock node) {
            text.append(' ').append(node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(Paragraph node) {
            visitChildren(node);
            text.append(' ');
        }

        @Override
        public void visit(CustomNode node) {
            visitChildren(node);
            if (node instanceof TableCell) {
                text.append(' ');
            }
        }
    }
}
