package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RefusedHostsTest {

    private static final Map<String, Object> ONCE = Map.of("count", 0);

    private static HarnessRun run(String url, List<String> allowed, List<String> privateHosts) {
        return JobHarness.of(HttpModule::new)
                .inputs(Map.of("url", url, "retries", ONCE))
                .settings(Map.of("allowed_hosts", allowed, "private_hosts", privateHosts))
                .run();
    }

    @Test
    void nothingIsAllowedUntilAnAdminSaysSo() {
        HarnessRun run = JobHarness.of(HttpModule::new)
                .inputs(Map.of("url", "https://example.com/"))
                .run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertEquals(
                "The host example.com:443 is not an allowed host. An admin adds it: `pawl module settings http -s"
                        + " 'allowed_hosts=[\"example.com\"]'`.",
                HttpModuleTest.failure(run));
    }

    @Test
    void addressesThatAreNotPublicAreRefusedEvenWhenEveryHostIsAllowed() {
        for (String host : List.of(
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]")) {
            HarnessRun run = run("http://" + host + ":1/", List.of("*"), List.of());
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), host);
            assertTrue(
                    HttpModuleTest.failure(run).contains("is no address of the public Internet"),
                    HttpModuleTest.failure(run));
        }
    }

    @Test
    void aNameThatLeadsToALoopbackAddressIsRefusedWhereTheConnectionIsMade() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{}"))) {
            String url = "http://localhost:" + service.port() + "/";
            HarnessRun refused = run(url, List.of("localhost"), List.of());
            assertEquals(Outcome.RUN_FAILED, refused.outcome());
            assertTrue(
                    HttpModuleTest.failure(refused).startsWith("The host localhost leads to "),
                    HttpModuleTest.failure(refused));
            assertEquals(List.of(), service.seen());

            assertEquals(
                    Outcome.COMPLETED,
                    run(url, List.of("localhost"), List.of("localhost")).outcome());
            assertEquals(
                    Outcome.COMPLETED,
                    run(url, List.of("localhost"), List.of("127.0.0.0/8")).outcome());
            assertEquals(
                    Outcome.RUN_FAILED,
                    run(url, List.of("localhost"), List.of("localhost:1")).outcome());
        }
    }

    @Test
    void urlsThatHideTheirHostAreRefused() {
        for (String url : List.of(
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "jar:http://127.0.0.1!/",
                "http://user:pw@127.0.0.1/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://127.1/",
                "http:///path",
                "//127.0.0.1/",
                "http://127.0.0.1 .example/",
                "http://exa\r\nmple/",
                "nothing")) {
            assertEquals(
                    Outcome.VALIDATION_FAILED,
                    run(url, List.of("*"), List.of("0.0.0.0/0")).outcome(),
                    url);
        }
    }

    @Test
    void redirectsAreJudgedLikeTheirBeginning() throws Exception {
        for (String target : List.of(
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd",
                "http://[::1]:1/",
                "//10.0.0.1/",
                "gopher://127.0.0.1:1/")) {
            try (TestService service = new TestService(exchange -> {
                exchange.getResponseHeaders().set("Location", target);
                TestService.send(exchange, 302, new byte[0]);
            })) {
                HarnessRun run = run(service.url("/"), List.of("*"), List.of("127.0.0.1"));
                assertEquals(Outcome.RUN_FAILED, run.outcome(), target);
                assertTrue(
                        HttpModuleTest.failure(run).contains("no address of the public Internet")
                                || HttpModuleTest.failure(run).contains("begins with http://"),
                        HttpModuleTest.failure(run));
                assertEquals(1, service.seen().size());
            }
        }
    }

    @Test
    void redirectsAreFollowedSoFarAndKeepCredentialsAtHome() throws Exception {
        try (TestService other = new TestService(exchange -> TestService.json(exchange, 200, "{}"));
                TestService service = new TestService(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    path.equals("/round") ? "/round" : path.equals("/a") ? "b" : other.url("/c"));
                    TestService.send(exchange, path.equals("/a") ? 302 : 307, new byte[0]);
                })) {
            HarnessRun run = JobHarness.of(HttpModule::new)
                    .inputs(Map.of(
                            "url",
                            service.url("/a"),
                            "headers",
                            Map.of("X-Token", "abc"),
                            "method",
                            "POST",
                            "body",
                            "text"))
                    .settings(Map.of(
                            "allowed_hosts", List.of("127.0.0.1"),
                            "private_hosts", List.of("127.0.0.1"),
                            "bearer_token", "token-1"))
                    .run();
            assertEquals(Outcome.COMPLETED, run.outcome());
            assertEquals("GET", service.seen().get(1).method(), "a 302 to a POST is followed by a GET");
            assertEquals("Bearer token-1", service.seen().get(1).header("Authorization"));
            assertEquals("", other.seen().get(0).header("Authorization"));
            assertEquals("", other.seen().get(0).header("X-Token"));

            HarnessRun round = run(service.url("/round"), List.of("*"), List.of("127.0.0.1"));
            assertTrue(
                    HttpModuleTest.failure(round).contains("redirected more than 5 times"),
                    HttpModuleTest.failure(round));
            assertEquals(8, service.seen().size());
        }
    }

    @Test
    void aJobCannotAllowItselfAHost() {
        for (var setting : HttpSettings.class.getRecordComponents()) {
            boolean reach =
                    setting.getName().matches("allowedHosts|privateHosts|credentialHosts|proxy.*|trustedCertificates");
            assertEquals(reach, setting.isAnnotationPresent(AdminOnly.class), setting.getName());
        }
    }
}
