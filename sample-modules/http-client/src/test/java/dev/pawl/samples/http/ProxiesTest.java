package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.LoopbackProxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProxiesTest {

    private static final String PASSWORD = "s3cret-word";

    private static HarnessRun run(LoopbackProxy proxy, String userInUrl, Map<String, Object> inputs) {
        Map<String, Object> all = new HashMap<>(inputs);
        all.put("proxy", true);
        all.put("retries", Map.of("count", 0));
        return JobHarness.of(HttpModule::new)
                .inputs(all)
                .settings(Map.of(
                        "allowed_hosts", List.of("*.example"),
                        "proxy_url", "http://" + userInUrl + ":" + PASSWORD + "@127.0.0.1:" + proxy.port(),
                        "proxy_rotation_url",
                                "http://u-session-{session}{geo_suffix}:" + PASSWORD + "@127.0.0.1:" + proxy.port()))
                .run();
    }

    @Test
    void theProxyGetsTheHostByNameAndItsUserAndPassword() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{}"));
                LoopbackProxy proxy = LoopbackProxy.withPassword(PASSWORD)) {
            String url = "http://api.example:" + service.port() + "/a?b=c";
            HarnessRun run = run(proxy, "ann", Map.of("url", url));
            assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.failure()));
            assertEquals(List.of("GET " + url + " HTTP/1.1"), proxy.requestLines());
            assertEquals(List.of("ann"), proxy.users());
            assertEquals("/a?b=c", service.seen().get(0).path());
            assertEquals("", service.seen().get(0).header("Proxy-Authorization"));
        }
    }

    @Test
    void sessionsAndPlacesBecomePartOfTheUser() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{}"));
                LoopbackProxy proxy = LoopbackProxy.withPassword(PASSWORD)) {
            String url = "http://api.example:" + service.port() + "/";
            run(proxy, "u", Map.of("url", url, "session", "s-1"));
            run(proxy, "u", Map.of("url", url, "session", "s-1", "geo", "us-NY"));
            run(proxy, "u-{geo}", Map.of("url", url, "geo", "newyork"));
            run(proxy, "u{geo_suffix}", Map.of("url", url, "geo", "newyork"));
            run(proxy, "u{geo_suffix}", Map.of("url", url));
            run(proxy, "u-{session}", Map.of("url", url));
            run(proxy, "u-{session}", Map.of("url", url));
            List<String> users = proxy.users();
            assertEquals(
                    List.of("u-session-s-1", "u-session-s-1-country-us-state-ny", "u-newyork", "u-city-newyork", "u"),
                    users.subList(0, 5));
            assertTrue(users.get(5).matches("u-[0-9a-f]{32}"), users.get(5));
            assertNotEquals(users.get(5), users.get(6), "without a session each call has its own");
        }
    }

    @Test
    void whatTheProxyCannotDoIsRefusedBeforehand() throws Exception {
        try (LoopbackProxy proxy = LoopbackProxy.open()) {
            String url = "http://api.example/";
            for (Map<String, Object> inputs : List.<Map<String, Object>>of(
                    Map.of("url", url, "geo", "us"),
                    Map.of("url", url, "session", "a@evil.example:1/"),
                    Map.of("url", url, "session", "a", "geo", "us:x@evil"))) {
                HarnessRun run = run(proxy, "u", inputs);
                assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), inputs::toString);
            }
            assertEquals(
                    Outcome.VALIDATION_FAILED,
                    run(proxy, "u-{geo}", Map.of("url", url)).outcome());
            assertEquals(List.of(), proxy.requestLines());
        }
    }

    @Test
    void hostsAreHeldAgainstTheListAlsoThroughTheProxy() throws Exception {
        try (LoopbackProxy proxy = LoopbackProxy.open()) {
            for (String url : List.of("http://other.test/", "http://169.254.169.254/", "http://127.0.0.1:1/")) {
                assertEquals(
                        Outcome.VALIDATION_FAILED,
                        run(proxy, "u", Map.of("url", url)).outcome(),
                        url);
            }
            assertEquals(List.of(), proxy.requestLines());
        }
    }

    @Test
    void aProxyThatRefusesIsNamedAndItsPasswordIsShownNowhere() throws Exception {
        try (LoopbackProxy proxy = LoopbackProxy.withPassword("another")) {
            for (String scheme : List.of("http", "https")) {
                HarnessRun run = run(proxy, "u", Map.of("url", scheme + "://api.example/"));
                assertTrue(
                        HttpModuleTest.failure(run)
                                .startsWith("The proxy 127.0.0.1:" + proxy.port()
                                        + " does not accept its user and password."),
                        HttpModuleTest.failure(run));
                assertTrue(!String.valueOf(run.failure()).contains(PASSWORD), () -> String.valueOf(run.failure()));
            }
            assertTrue(
                    proxy.requestLines().contains("CONNECT api.example:443 HTTP/1.1"), proxy.requestLines()::toString);
        }
    }

    @Test
    void theProxysPasswordIsMaskedInResults() throws Exception {
        try (TestService service =
                        new TestService(exchange -> TestService.json(exchange, 200, "{\"a\": \"" + PASSWORD + "\"}"));
                LoopbackProxy proxy = LoopbackProxy.withPassword(PASSWORD)) {
            HarnessRun run = run(
                    proxy,
                    "u",
                    Map.of("url", "http://api.example:" + service.port() + "/", "extract", Map.of("a", "/a")));
            assertEquals(List.of(Map.of("a", "********")), run.results());
        }
    }
}
