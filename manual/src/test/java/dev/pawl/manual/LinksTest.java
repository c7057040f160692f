package dev.pawl.manual;

import static dev.pawl.manual.SourcesOfTest.MANUAL;
import static dev.pawl.manual.SourcesOfTest.ROOT;
import static dev.pawl.manual.SourcesOfTest.SOURCES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.junit.jupiter.api.Test;

/** No link leads nowhere: not in docs/, the README and its neighbours as they lie in the repository, and not in the site. */
class LinksTest {

    @Test
    void everyLinkOfTheRepositoryLeadsToAFileAndAHeading() throws IOException {
        Map<String, String> texts = new HashMap<>(SOURCES.texts());
        SOURCES.generated().forEach(texts::remove);
        texts.put("README.md", Files.readString(ROOT.resolve("README.md")));
        Map<String, Set<String>> anchors = new HashMap<>();
        texts.forEach((place, text) -> anchors.put(
                place,
                Markdown.page(SOURCES, place, text, new HashSet<>()).sections().stream()
                        .map(Page.Section::anchor)
                        .collect(Collectors.toSet())));
        List<String> dead = new ArrayList<>();
        int[] links = {0};
        texts.forEach((place, text) -> Markdown.parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                check(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                check(image.getDestination());
            }

            private void check(String to) {
                if (to.matches("[a-z]+:.*")) {
                    return;
                }
                links[0]++;
                String[] parts = to.split("#", 2);
                String target = Sources.target(place, parts[0]);
                boolean isThere = Files.exists(ROOT.resolve(target));
                boolean isPlace = parts.length == 1
                        || anchors.getOrDefault(target, Set.of()).contains(parts[1]);
                if (!(isThere && isPlace)) {
                    dead.add(place + " links to " + to);
                }
            }
        }));
        assertTrue(links[0] > 300, () -> "only " + links[0] + " links were looked at");
        assertEquals(List.of(), dead);
    }

    @Test
    void everyLinkOfTheSiteLeadsToAPageAndAPlaceInIt() throws IOException {
        var layout = new Layout(MANUAL, "1.0.0");
        Map<String, Set<String>> ids = new HashMap<>();
        Map<String, String> pages = new HashMap<>();
        for (Page page : MANUAL.pages()) {
            String html = layout.of(page);
            pages.put(page.address(), html);
            ids.put(page.address(), values(html, "id"));
        }
        Set<String> files = new TreeSet<>(MANUAL.pictures());
        files.addAll(List.of("manual.css", "manual.js", "theme.js", "icon.svg"));
        List<String> dead = new ArrayList<>();
        pages.forEach((address, html) -> {
            Set<String> links = values(html, "href");
            links.addAll(values(html, "src"));
            for (String link : links) {
                String[] parts = link.split("#", 2);
                String target = parts[0].isEmpty()
                        ? address
                        : Path.of(address).resolveSibling(parts[0]).normalize().toString();
                boolean isPlace =
                        parts.length == 1 || ids.getOrDefault(target, Set.of()).contains(parts[1]);
                boolean isElsewhere = link.matches("https?:.*") || target.matches("\\.\\./(?:console|docs)");
                boolean isThere = files.contains(target) || pages.containsKey(target);
                if (!isElsewhere && !(isThere && isPlace)) {
                    dead.add(address + " links to " + link);
                }
            }
        });
        assertEquals(List.of(), dead);
    }

    @Test
    void noNameOfAPlaceIsThereTwice() throws IOException {
        for (Page page : MANUAL.pages()) {
            List<String> anchors =
                    page.sections().stream().map(Page.Section::anchor).toList();
            assertEquals(new HashSet<>(anchors).size(), anchors.size(), page.place());
        }
    }

    private static Set<String> values(String html, String attribute) {
        Set<String> values = new HashSet<>();
        Matcher found = Pattern.compile(" " + attribute + "=\"([^\"]*)\"").matcher(html);
        while (found.find()) {
            values.add(found.group(1));
        }
        return values;
    }
}
