package dev.pawl.manual;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

/** The contents of the manual: the lists of links under the headings of its first page. */
final class Contents {

    private Contents() {}

    /** The parts that the first page names. */
    static List<Manual.Part> of(Node home) {
        List<Manual.Part> parts = new ArrayList<>();
        for (Node node = home.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                parts.add(new Manual.Part(Markdown.words(heading), new ArrayList<>()));
            } else if (!parts.isEmpty()) {
                List<String> places = parts.get(parts.size() - 1).places();
                node.accept(new AbstractVisitor() {
                    @Override
                    public void visit(ListItem item) {
                        Node first = item.getFirstChild();
                        if (first != null && first.getFirstChild() instanceof Link link) {
                            places.add(Sources.target(Sources.HOME, link.getDestination()));
                        }
                    }
                });
            }
        }
        return parts;
    }

    /** The entry of a page that is made of the code: its title, and the first sentence below it. */
    static String entry(String place, String text) {
        String title = text.lines().findFirst().orElse("").replaceFirst("^# ", "");
        String about =
                text.lines().skip(1).filter(line -> !line.isBlank()).findFirst().orElse("");
        return "[" + title + "](" + place.substring("docs/".length()) + "): " + about.replaceFirst("(\\.) .*", "$1");
    }
}
