package dev.pawl.manual;

import static dev.pawl.manual.SourcesOfTest.MANUAL;
import static dev.pawl.manual.SourcesOfTest.SOURCES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.junit.jupiter.api.Test;

class ManualTest {

    @Test
    void everyPageIsInTheManualOnce() {
        List<String> places = MANUAL.pages().stream().map(Page::place).sorted().toList();
        assertEquals(List.copyOf(SOURCES.texts().keySet()), places);
    }

    @Test
    void theFourKindsOfPagesAreToldApart() {
        assertEquals(
                List.of("Tutorials", "How-to guides", "Reference", "Explanation"),
                MANUAL.parts().stream().map(Manual.Part::name).toList());
    }

    @Test
    void everyErrorHasAPlaceWithItsCauseAndRemedy() {
        Page page = MANUAL.page("docs/reference/errors.md");
        for (ProblemCode code : ProblemCode.values()) {
            Page.Section section = page.sections().stream()
                    .filter(each -> each.heading().equals(code.id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(code));
            assertTrue(section.text().contains(code.cause()), section::toString);
            assertTrue(section.text().contains(code.remedy().replace("`", "")), section::toString);
        }
    }

    @Test
    void everyPageThatIsMadeOfCodeHasWhatItPromises() {
        assertTrue(text("settings")
                .contains("## PAWL_API_PORT\n\n- property: `pawl.api.port`\n- option: `--port`\n- default: `8420`"));
        assertTrue(text("commands").contains("### pawl schedule set\n"));
        assertTrue(text("commands").contains("- `--detach`"));
        assertTrue(text("routes").contains("### POST /jobs\n"));
        assertTrue(text("spi").contains("**`void checkpoint(Map<String, ?> values)`**"), text("spi"));
        assertTrue(text("spi").contains("- throws `IllegalArgumentException`"));
        assertFalse(text("spi").contains("{@"), text("spi"));
    }

    @Test
    void everyRowOfATableHasAsManyCellsAsItsHead() {
        List<String> wrong = new ArrayList<>();
        SOURCES.texts().forEach((place, text) -> {
            String[] lines = text.split("\n", -1);
            int cells = 0;
            boolean isCode = false;
            for (int at = 0; at < lines.length; at++) {
                isCode ^= lines[at].stripLeading().startsWith("```");
                if (isCode || !lines[at].startsWith("|")) {
                    cells = 0;
                } else if (cells == 0) {
                    cells = cells(lines[at]);
                } else if (cells(lines[at]) != cells) {
                    wrong.add(place + ":" + (at + 1));
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyTableIsReadAsOne() {
        int[] tables = {0};
        SOURCES.texts().values().forEach(text -> Markdown.parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(CustomBlock block) {
                if (block instanceof TableBlock) {
                    tables[0]++;
                }
            }
        }));
        long heads = SOURCES.texts().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.matches("\\|(?:---\\|)+"))
                .count();
        assertEquals(heads, tables[0]);
    }

    @Test
    void headingsHaveTheNamesThatHostsOfRepositoriesGiveThem() {
        var slugs = new Slugs();
        assertEquals("how-do-i-", slugs.of("How do I …?"));
        assertEquals("when-something-is-wrong", slugs.of("When something is wrong"));
        assertEquals("when-something-is-wrong-1", slugs.of("When something is wrong"));
        assertEquals("get-jobsid", slugs.of("GET /jobs/{id}"));
    }

    @Test
    void theIndexIsAScriptWhoseTextsCannotLeaveTheirQuotes() {
        var page = new Page(
                "docs/a.md", "A \"b\"", "", List.of(new Page.Section(1, "a", "A \"b\"", "c\\ \u2028 </script>")));
        assertEquals(
                "pawlSearch([\n[\"A \\\"b\\\"\",\"a.html\",[\n[\"A \\\"b\\\"\",\"\",\"c\\\\   </script>\"],\n]],\n]);\n",
                SearchIndex.of(List.of(page)));
    }

    @Test
    void aFileThatAServerDoesNotHaveIsNoLink() {
        Set<String> pictures = new HashSet<>();
        Page page = Markdown.page(
                SOURCES,
                "docs/modules/a.md",
                "# A\n[sources](../../sample-modules), [ops](../operations.md#tls), <b>, ![p](../session.svg)",
                pictures);
        assertTrue(
                page.html().contains("<p>sources, <a href=\"../operations.html#tls\">ops</a>, &lt;b&gt;,"),
                page.html());
        assertTrue(page.html().contains("<img src=\"../session.svg\" alt=\"p\""), page.html());
        assertEquals(Set.of("session.svg"), pictures);
    }

    @Test
    void whatACommentSaysToTheTestsIsNotShown() {
        Page page = Markdown.page(
                SOURCES, "docs/a.md", "# A\n\n<!-- not run: it builds Pawl -->\n```sh\nmvn\n```\n", new HashSet<>());
        assertFalse(page.html().contains("not run"), page.html());
        assertFalse(page.sections().get(0).text().contains("not run"), page.sections()::toString);
        assertTrue(page.html().contains("<code class=\"language-sh\">mvn"), page.html());
    }

    @Test
    void aPageThatTheContentsDoNotNameIsAmongTheGuides() throws IOException {
        var sources = new Sources(
                SourcesOfTest.ROOT,
                Map.of(
                        "docs/README.md", "# M\n## How-to guides\n- [A](a.md)\n## Reference\n- [F](f/README.md)\n",
                        "docs/a.md", "# A",
                        "docs/new.md", "# New",
                        "docs/f/README.md", "# F",
                        "docs/f/g.md", "# G"),
                List.of());
        Manual manual = Manual.of(sources);
        assertEquals(
                List.of("docs/README.md", "docs/a.md", "docs/new.md", "docs/f/README.md", "docs/f/g.md"),
                manual.pages().stream().map(Page::place).toList());
        String page = new Layout(manual, "1").of(manual.page("docs/f/g.md"));
        assertTrue(page.contains("<a class=\"prev\" rel=\"prev\" href=\"../f/index.html\">"), page);
        assertTrue(page.contains("<span>Reference</span> <span><a href=\"../f/index.html\">F</a></span>"), page);
    }

    private static String text(String page) {
        return SOURCES.texts().getOrDefault("docs/reference/" + page + ".md", "");
    }

    private static int cells(String row) {
        return row.replace("\\|", "").split("\\|", -1).length;
    }
}
