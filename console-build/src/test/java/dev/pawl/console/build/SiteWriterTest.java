package dev.pawl.console.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteWriterTest {

    @TempDir
    private Path folder;

    @Test
    void thePageNamesWhatItNeedsAtOnceAndTheFilesAreCompressed() throws IOException {
        write("{preloads}|{files}", Map.of("app.js", "import './a.js';", "a.js", "1", "b.js", "2"));
        assertEquals(
                "<link rel=\"modulepreload\" href=\"{files}/app.js\">\n<link rel=\"modulepreload\" href=\"{files}/a.js\">|{files}",
                Files.readString(folder.resolve("page.html")));
        try (var file =
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("files/b.js.gz"))))) {
            assertEquals("2", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theModulesOfEachPageAreWrittenByItsAddressWithoutThoseThatAllNeed() throws IOException {
        write(
                "{preloads}",
                Map.of(
                        "app.js", "import './pages/index.js';",
                        "core/live-worker.js", "import './hub.js';",
                        "core/hub.js", "1",
                        "pages/index.js",
                                "export const pages = [\n  { path: '', title: 'All', load: () => import('./all.js') },\n"
                                        + "  { path: 'one/:id', title: 'One', load: () => import('./one.js') },\n];",
                        "pages/all.js", "import '../core/hub.js';",
                        "pages/one.js", "import './part.js';",
                        "pages/part.js", "2"));
        assertEquals(
                "\tpages/all.js\none/[^/]+\tpages/one.js pages/part.js",
                Files.readString(folder.resolve("preloads.txt")));
        assertTrue(Files.readString(folder.resolve("page.html")).contains("core/hub.js"));
    }

    @Test
    void theNameOfABuildFollowsFromEveryByteAndFromNothingElse() throws IOException {
        String one = write("page", Map.of("app.js", "1", "b.js", "2"));
        assertEquals(one, write("page", Map.of("app.js", "1", "b.js", "2")));
        assertNotEquals(one, write("page", Map.of("app.js", "1", "b.js", "3")));
        assertNotEquals(one, write("other", Map.of("app.js", "1", "b.js", "2")));
    }

    @Test
    void styleSheetsBecomeOneInTheOrderOfTheirNames() {
        assertEquals(
                Map.of("app.js", "1", "console.css", "a\nb\nc\n"),
                Styles.joined(Map.of("pages/x.css", "c", "app.js", "1", "design/a.css", "a", "design/b.css", "b")));
    }

    private String write(String page, Map<String, String> files) throws IOException {
        new SiteWriter(folder).write(page, new TreeMap<>(files));
        return Files.readString(folder.resolve("build.txt"));
    }
}
