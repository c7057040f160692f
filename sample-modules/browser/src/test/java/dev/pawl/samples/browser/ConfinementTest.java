package dev.pawl.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.samples.browser.Site.Answer;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.NeedsProgram;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages stay at the allowed hosts. The site is allowed by its address, and the same site by its name, localhost, is not. */
@NeedsProgram("chromium")
class ConfinementTest {

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

    private Map<String, ?> load(String path) {
        return Map.of("action", "goto", "url", site.at(path));
    }

    private String elsewhere(String path) {
        return "http://localhost:" + site.port() + path;
    }

    private static void refused(HarnessRun run, Outcome outcome, String begin, String reason) {
        String message = String.valueOf(run.thrown());
        assertEquals(outcome, run.outcome(), message);
        assertTrue(message.contains(begin) && message.contains(reason), message);
    }

    @Test
    void nothingIsAllowedByDefault() {
        HarnessRun run = pool.job(List.of(load("/")), Map.of(), Map.of()).run();

        refused(run, Outcome.VALIDATION_FAILED, "Step 1: ", "adds \"127.0.0.1\" to the setting allowed_hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "chrome://version",
                "data:text/html,<p>hi",
                "javascript:alert(1)",
                "/relative"
            })
    void otherAddressesAreRefusedBeforeAnythingIsDone(String url) {
        HarnessRun run = pool.job(List.of(Map.of("action", "goto", "url", url))).run();

        refused(run, Outcome.VALIDATION_FAILED, "Step 1: ", "addresses begin with http:// or https://");
    }

    @Test
    void aRedirectLeadsToNoOtherHost() {
        site.page("/away", exchange -> Answer.redirect(elsewhere("/secret"))).page("/secret", "secret");

        HarnessRun run = pool.job(List.of(load("/away"))).workDir(workDir).run();

        refused(run, Outcome.RUN_FAILED, "Step 1 (goto " + site.at("/away") + ") failed: ", "is not an allowed host");
        assertEquals(List.of("GET /away"), site.requests());
    }

    @Test
    void aLinkLeadsToNoOtherHost() {
        site.page("/", "<a id=away href='" + elsewhere("/secret") + "'>away</a>")
                .page("/secret", "secret");

        HarnessRun run = pool.job(List.of(load("/"), Map.of("action", "click", "selector", "#away")))
                .workDir(workDir)
                .run();

        refused(run, Outcome.RUN_FAILED, "Step 2 (click #away) at " + site.at("/"), "is not an allowed host");
        assertEquals(List.of("GET /"), site.requests());
    }

    @Test
    void partsOfAPageComeFromNoOtherHost() {
        site.page("/", """
                <img src="%1$s"><script src="%1$s"></script><iframe src="%1$s"></iframe><p id=end>-</p><script>
                const tries = [fetch('%1$s'), new Promise((_, no) => new WebSocket('ws://localhost:%2$d/ws').onerror = no),
                  new Promise((_, no) => new Worker(URL.createObjectURL(new Blob(["fetch('%1$s').catch(() => postMessage(0))"]))).onmessage = no)];
                Promise.allSettled(tries).then(all => end.textContent = all.map(one => one.status).join());</script>""".formatted(elsewhere("/part"), site.port()));

        HarnessRun run = pool.job(List.of(
                        load("/"),
                        Map.of("action", "wait_for", "selector", "#end", "text", "ed"),
                        Map.of("action", "extract", "selector", "#end")))
                .workDir(workDir)
                .run();

        assertEquals(List.of(Map.of("value", "rejected,rejected,rejected")), run.results(), () -> run.thrown() + "");
        assertEquals(List.of("GET /"), site.requests());
        assertEquals(
                1,
                run.lines().stream()
                        .filter(line ->
                                line.contains("The host localhost:")) // the browser asks for hosts of its own too
                        .count(),
                run.lines().toString());
    }

    @Test
    void aWildcardReachesNoPrivateAddress() {
        HarnessRun run = pool.job(
                        List.of(Map.of("action", "goto", "url", elsewhere("/"))),
                        Map.of(),
                        Map.of("allowed_hosts", List.of("*")))
                .workDir(workDir)
                .run();

        refused(run, Outcome.RUN_FAILED, "Step 1 ", "adds \"localhost\" or its network to the setting private_hosts");
        assertEquals(List.of(), site.requests());
    }

    @Test
    void noPacketLeavesBesideTheGate() throws Exception {
        try (DatagramSocket stun = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            site.page("/", """
                    <p id=end>-</p><script>
                    const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:%d'}]});
                    peer.createDataChannel('x');
                    peer.createOffer().then(offer => peer.setLocalDescription(offer));
                    peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') end.textContent = 'gathered' };
                    </script>""".formatted(stun.getLocalPort()));

            HarnessRun run = pool.job(
                            List.of(load("/"), Map.of("action", "wait_for", "selector", "#end", "text", "gathered")))
                    .workDir(workDir)
                    .run();

            assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + "");
            stun.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> stun.receive(new DatagramPacket(new byte[100], 100)));
        }
    }

    @Test
    void aDownloadIsRefused() {
        site.page(
                "/file", exchange -> new Answer(200, Map.of("Content-Disposition", "attachment; filename=x.zip"), "x"));

        HarnessRun run = pool.job(List.of(load("/file"))).workDir(workDir).run();

        refused(run, Outcome.RUN_FAILED, "Step 1 ", "the page cannot be loaded");
    }

    @Test
    void ownJavaScriptTakesASetting() {
        site.page("/", "<b>3</b>");
        List<Map<String, ?>> steps = List.of(
                load("/"),
                Map.of(
                        "action",
                        "evaluate",
                        "script",
                        "async () => 4 + Number(document.querySelector('b').textContent)"));

        refused(pool.job(steps).run(), Outcome.VALIDATION_FAILED, "Step 2: evaluate is off", "allow_evaluate");
        HarnessRun allowed = pool.job(
                        steps,
                        Map.of(),
                        Map.of(
                                "allowed_hosts",
                                List.of("127.0.0.1"),
                                "private_hosts",
                                List.of("127.0.0.0/8"),
                                "allow_evaluate",
                                true))
                .workDir(workDir)
                .run();
        assertEquals(7, ((Number) allowed.results().get(0).get("value")).intValue());
    }

    @Test
    void tasksShareNoCookiesUnlessTheyNameASession() {
        site.page(
                "/",
                exchange -> new Answer(
                        200,
                        Map.of("Set-Cookie", "seen=yes; Path=/"),
                        "<p id=c>" + exchange.getRequestHeaders().getFirst("Cookie") + "</p>"));
        List<Map<String, ?>> steps = List.of(load("/"), Map.of("action", "extract", "selector", "#c"));

        assertEquals(
                "null", pool.job(steps).workDir(workDir).run().results().get(0).get("value"));
        assertEquals(
                "null", pool.job(steps).workDir(workDir).run().results().get(0).get("value"));
        Map<String, ?> session = Map.of("session", "ada");
        assertEquals(
                "null",
                pool.job(steps, session).workDir(workDir).run().results().get(0).get("value"));
        assertEquals(
                "seen=yes",
                pool.job(steps, session).workDir(workDir).run().results().get(0).get("value"));
    }
}
