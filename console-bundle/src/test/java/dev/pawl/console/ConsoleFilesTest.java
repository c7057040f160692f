package dev.pawl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.console.ConsoleFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {

    /** The most that a first view may take over the wire; the issue allows 150 KiB with data. */
    private static final int MOST_AT_FIRST = 60 << 10;

    private final ConsoleFiles files = new ConsoleFiles();

    @Test
    void thePageIsTheSameEverywhereButForTheWayUp() {
        assertEquals(1, count(page(""), "src=\"assets/"));
        assertTrue(page("jobs").contains("src=\"assets/"));
        assertTrue(page("jobs/0000b8cd").contains("src=\"../assets/"));
        assertTrue(page("data/a/b%2Fc").contains("src=\"../../assets/"));
        assertNotEquals(file("jobs").version(), file("jobs/1").version());
        assertFalse(page("").contains("{"));
    }

    @Test
    void whatThePageNeedsAtFirstIsThereAndSmall() throws IOException {
        long bytes = page("").length();
        List<String> named = named(page(""));
        assertTrue(named.size() > 10, named::toString);
        for (String name : named) {
            ConsoleFile file = file(name);
            assertTrue(file.isGzip());
            assertFalse(file.isPage());
            assertFalse(inflated(file).isBlank());
            bytes += file.bytes().remaining();
        }
        assertTrue(bytes < MOST_AT_FIRST, "The first view takes " + bytes + " bytes.");
    }

    @Test
    void aPageIsToldOfItsModulesBesidesThoseOfEveryPage() {
        assertTrue(page("").contains("/pages/overview.js\"") && page("").contains("/pages/overview-running.js\""));
        assertFalse(page("jobs").contains("/pages/overview.js\""));
        assertTrue(page("jobs").contains("/pages/jobs.js\"") && page("jobs/").contains("/pages/jobs.js\""));
        assertTrue(page("jobs/0000b8cd").contains("/pages/log-view.js\""));
        assertTrue(
                page("nothing/of/ours").contains("/core/hub.js\""),
                "the shared worker's modules are asked for at once");
        for (String path : List.of("", "jobs", "jobs/0000b8cd", "modules/hello", "nothing/of/ours", "(a+)+$")) {
            List<String> named = named(page(path).replace("../", ""));
            assertEquals(
                    named.size() + 1,
                    Pattern.compile("<(?:link|script) ")
                            .splitAsStream(page(path))
                            .skip(1)
                            .count(),
                    path + " names app.js twice, and nothing else");
        }
    }

    @Test
    void noTemplateHasAnInlineStyleOrScriptWhichThePolicyWouldBlock() throws IOException {
        for (String name : named(page(""))) {
            String text = inflated(file(name));
            assertFalse(text.contains(" style=\"") || text.contains("<style") || text.contains("javascript:"), name);
        }
        assertFalse(page("").contains("<style"));
    }

    @Test
    void filesOfOtherBuildsAndOtherNamesAreNotThere() {
        String assets = named(page("")).get(0).replaceFirst("[^/]*$", "");
        assertTrue(files.file(assets + "app.js").isPresent());
        for (String name : List.of(
                "assets/000000000000/app.js",
                "assets/app.js",
                assets + "../build.txt",
                assets + "..%2Fbuild.txt",
                assets + "nothing.js",
                assets + "App.js",
                assets + "app.class",
                assets)) {
            assertEquals(Optional.empty(), files.file(name), name);
        }
    }

    private ConsoleFile file(String path) {
        return files.file(path).orElseThrow();
    }

    private String page(String path) {
        ConsoleFile page = file(path);
        assertTrue(page.isPage());
        return StandardCharsets.UTF_8.decode(page.bytes().duplicate()).toString();
    }

    private static List<String> named(String page) {
        List<String> named = new ArrayList<>();
        Matcher names = Pattern.compile("(?:src|href)=\"(assets/[^\"]*\\.(?:js|css|svg))\"")
                .matcher(page);
        while (names.find()) {
            if (!named.contains(names.group(1))) {
                named.add(names.group(1));
            }
        }
        return named;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 2; // theme.js is named beside app.js
    }

    private static String inflated(ConsoleFile file) throws IOException {
        byte[] bytes = new byte[file.bytes().remaining()];
        file.bytes().duplicate().get(bytes);
        try (var text = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
