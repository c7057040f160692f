package dev.pawl.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that come through a proxy which demands a password. */
@NeedsProgram("chromium")
class ProxyTest {

    private static final String PASSWORD = "p@ss wörd";
    private static final String ENCODED = "p%40ss%20w%C3%B6rd";

    private static Pool pool;

    private final Site site = new Site().page("/", "<b id=here>through</b>");
    private final PasswordProxy proxy = new PasswordProxy(site.port(), PASSWORD);

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
    void closeAll() {
        proxy.close();
        site.close();
    }

    private HarnessRun run(String url, Map<String, ?> inputs, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("allowed_hosts", List.of("*.example.com"));
        all.put("step_timeout_s", 10);
        return pool.job(
                        List.of(Map.of("action", "goto", "url", url), Map.of("action", "extract", "selector", "#here")),
                        inputs,
                        all)
                .workDir(workDir)
                .run();
    }

    private String proxyUrl(String user, String password) {
        return "http://" + user + ":" + password + "@127.0.0.1:" + proxy.port();
    }

    @Test
    void pagesComeThroughAProxyWithAPassword() {
        HarnessRun run =
                run("http://shop.example.com/", Map.of("proxy", true), Map.of("proxy_url", proxyUrl("ada", ENCODED)));

        assertEquals(List.of(Map.of("value", "through")), run.results(), () -> run.thrown() + "");
        assertTrue(proxy.users().contains("ada"), proxy.users().toString());
    }

    @Test
    void aSessionAndAPlaceAreInTheUsersName() {
        HarnessRun run = run(
                "http://shop.example.com/",
                Map.of("proxy", true, "session", "s7", "geo", "us"),
                Map.of(
                        "proxy_url", proxyUrl("plain", ENCODED),
                        "proxy_rotation_url", proxyUrl("ada-session-{session}-geo-{geo}", ENCODED)));

        assertEquals(List.of(Map.of("value", "through")), run.results(), () -> run.thrown() + "");
        assertTrue(
                proxy.users().contains("ada-session-s7-geo-us"), proxy.users().toString());
    }

    @Test
    void aWrongPasswordIsToldWithoutShowingIt() {
        for (String scheme : List.of("http", "https")) {
            HarnessRun run = run(
                    scheme + "://shop.example.com/",
                    Map.of("proxy", true),
                    Map.of("proxy_url", proxyUrl("ada", "wrong-one")));

            String message = String.valueOf(run.thrown());
            assertEquals(Outcome.RUN_FAILED, run.outcome(), message);
            assertTrue(message.contains("the proxy 127.0.0.1:" + proxy.port()), message);
            assertFalse(message.contains("wrong-one"), message);
        }
    }

    @Test
    void theHostsAreHeldBehindAProxyToo() {
        HarnessRun run =
                run("http://example.org/", Map.of("proxy", true), Map.of("proxy_url", proxyUrl("ada", ENCODED)));

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertEquals(List.of(), proxy.users());
    }

    @Test
    void withoutAProxyTheInputIsRefused() {
        HarnessRun run = run("http://shop.example.com/", Map.of("proxy", true), Map.of());

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertTrue(String.valueOf(run.thrown()).contains("proxy_url"), String.valueOf(run.thrown()));
    }
}
