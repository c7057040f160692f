package dev.pawl.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.samples.browser.Site.Answer;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.NeedsProgram;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps in a real Chromium, on pages from loopback. */
@NeedsProgram("chromium")
class BrowserModuleTest {

    private static final String FORM = """
            <form action="/sent" method="get">
              <input id="who" name="who" value="nobody">
              <input id="password" name="password" type="password">
              <input id="day" name="day" type="date">
              <select id="size" name="size"><option value="s">Small</option><option value="l">Large</option></select>
              <button id="go">Send</button>
            </form>""";

    private static Pool pool;

    private final Site site = new Site();

    @TempDir
    Path workDir;

    @BeforeAll
    static void openThePool() throws Exception {
        pool = new Pool();
    }

    @AfterAll
    static void closeThePool() {
        pool.close();
    }

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    private HarnessRun run(List<Map<String, ?>> steps) {
        return pool.job(steps).workDir(workDir).run();
    }

    private static void completed(HarnessRun run) {
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + " " + run.lines());
    }

    private Map<String, ?> load(String path) {
        return Map.of("action", "goto", "url", site.at(path));
    }

    @Test
    void fillsAFormAndReadsTheNextPage() {
        site.page("/form", FORM)
                .page(
                        "/sent",
                        exchange -> Answer.html(
                                "<p id=got>" + exchange.getRequestURI().getRawQuery() + "</p>"));

        HarnessRun run = pool.job(
                        List.of(
                                load("/form"),
                                Map.of("action", "fill", "selector", "#who", "value", "Ada Łovelace"),
                                Map.of("action", "fill", "selector", "#password", "secret", "login"),
                                Map.of("action", "fill", "selector", "#day", "value", "2026-11-28"),
                                Map.of("action", "select", "selector", "#size", "label", "Large"),
                                Map.of("action", "click", "selector", "#go"),
                                Map.of("action", "extract", "selector", "#got", "name", "query")),
                        Map.of("secrets", Map.of("login", "s3cret-w0rd")))
                .workDir(workDir)
                .run();

        completed(run);
        assertEquals(
                List.of(Map.of("query", "who=Ada+%C5%81ovelace&password=********&day=2026-11-28&size=l")),
                run.results());
    }

    @Test
    void waitsForLateContent() {
        site.page(
                "/late",
                "<div id=box></div><script>setTimeout(() => box.innerHTML = '<b id=late>here</b>', 400)</script>");

        HarnessRun run = run(List.of(
                load("/late"),
                Map.of("action", "wait_for", "selector", "#late", "text", "here"),
                Map.of("action", "extract", "selector", "#late")));

        completed(run);
        assertEquals(List.of(Map.of("value", "here")), run.results());
    }

    @Test
    void aTableBecomesAResultForEachRow() {
        site.page("/table", """
                <table><tr class=row><td>Oslo<td><a href="/o">700</a></tr>
                <tr class=row><td>Bergen<td><a href="/b">290</a></tr><tr class=row><td>Vadsø<td></tr></table>""");

        HarnessRun run = run(List.of(
                load("/table"),
                Map.of(
                        "action",
                        "extract",
                        "selector",
                        ".row",
                        "all",
                        true,
                        "fields",
                        Map.of("city", "td:first-child", "people", "a", "link", "a@href"))));

        completed(run);
        assertEquals(3, run.results().size());
        assertEquals(
                Map.of("city", "Oslo", "people", "700", "link", site.at("/o")),
                run.results().get(0));
        assertEquals("Vadsø", ((Map<?, ?>) run.results().get(2)).get("city"));
    }

    @Test
    void aScreenshotIsAnArtifactOfTheRightSize() throws Exception {
        site.page(
                "/red",
                "<body style='margin:0'><div id=box style='width:300px;height:200px;background:#f00'></div><div style='height:3000px'>");

        HarnessRun run = run(List.of(
                load("/red"),
                Map.of("action", "screenshot", "name", "window"),
                Map.of("action", "screenshot", "name", "box", "selector", "#box"),
                Map.of("action", "screenshot", "name", "whole.png", "full_page", true),
                Map.of("action", "pdf", "name", "page")));

        completed(run);
        BufferedImage box = picture("box.png");
        assertEquals(300, box.getWidth());
        assertEquals(200, box.getHeight());
        assertEquals(0xffff0000, box.getRGB(150, 100));
        assertEquals(1080, picture("window.png").getHeight());
        assertEquals(3200, picture("whole.png").getHeight());
        assertTrue(java.nio.file.Files.readString(
                        workDir.resolve("artifacts/page.pdf"), java.nio.charset.StandardCharsets.ISO_8859_1)
                .startsWith("%PDF-"));
    }

    private BufferedImage picture(String name) throws Exception {
        return Objects.requireNonNull(
                ImageIO.read(workDir.resolve("artifacts").resolve(name).toFile()));
    }
}
