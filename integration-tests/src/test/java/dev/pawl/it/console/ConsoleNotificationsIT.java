package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of notifications, in a real browser against the real distribution and a real receiver. */
@NeedsProgram("chromium")
class ConsoleNotificationsIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    @Test
    void aCallbackThatWasRefusedIsToldAgain() throws Exception {
        try (CallbackReceiver receiver = CallbackReceiver.at(0);
                Server server = Server.start(folder.resolve("data"), JAVA, Map.of("PAWL_CALLBACK_HOSTS", "127.0.0.1"));
                ConsoleTab console = ConsoleTab.signedIn(server, folder.resolve("profile"))) {
            Api api = server.api();
            receiver.answering(request -> new CallbackReceiver.Reply(503, Map.of(), "<b>busy</b>"));
            String job = api.post(
                            "/jobs",
                            Map.of(
                                    "module_id",
                                    "hello",
                                    "inputs",
                                    Map.of("name", "a"),
                                    "callback_url",
                                    receiver.url("/told")))
                    .expect(200)
                    .get("id")
                    .asText();
            console.open("jobs/" + job + "?tab=deliveries");
            console.awaitText("503");
            console.awaitText("waiting");
            console.value("document.querySelector('.job-part details').open = true");
            console.awaitText("<b>busy</b>");
            console.assertSound("a callback that was refused");
            console.picture("job-deliveries");
            receiver.answering(204);
            console.press("Tell again");
            console.awaitText("delivered");
            assertEquals("delivered", api.job(job).at("/callbacks/0/state").asText(), () -> api.job(job)
                    .toString());
            assertTrue(receiver.told().size() >= 2, receiver.told()::toString);
            assertEquals(List.of(), console.complaints());
        }
    }

    @Test
    void aNotificationIsMadeTestedChangedAndRemoved() throws Exception {
        try (CallbackReceiver receiver = CallbackReceiver.at(0);
                Server server = Server.start(folder.resolve("data"), JAVA, Map.of("PAWL_CALLBACK_HOSTS", "127.0.0.1"));
                ConsoleTab console = ConsoleTab.signedIn(server, folder.resolve("profile"))) {
            Api api = server.api();
            console.open("notifications?new=1");
            console.type("#notify-name", "ops");
            console.press("Save notification");
            console.await("what is missing is said", "document.querySelector('main .trouble')");
            console.type("#notify-url", receiver.url("/chat"));
            console.type("#notify-title", "<b>nightly</b> *");
            console.value("document.querySelector('input[name=on][value=missed]').click()");
            console.press("Save notification");
            Eventually.eventually("it is shown", () -> console.place().equals("/console/notifications?name=ops"));
            JsonNode kept = api.get("/notifications/ops").expect(200);
            assertEquals("[\"failed\",\"missed\"]", kept.get("on").toString());
            assertEquals("<b>nightly</b> *", kept.get("title").asText());
            console.await("its address is masked", "document.querySelector('#notify-url')?.value === '********'");

            console.press("Send a test");
            console.awaitText("The receiver has taken the test.");
            assertTrue(receiver.told().get(0).body().contains("test"), receiver.told()::toString);
            console.awaitText("delivered");

            receiver.answering(503);
            console.press("Send a test");
            console.awaitText("The receiver answers 503.");

            console.type("#notify-quiet", "soon");
            console.press("Save notification");
            console.await("what is wrong is said", "document.querySelector('#notify-quiet[aria-invalid=true]')");
            console.awaitText("quiet_for is");
            console.type("#notify-quiet", "10m");
            console.press("Save notification");
            Eventually.eventually("it is changed", () -> api.get("/notifications/ops")
                    .expect(200)
                    .get("quiet_for")
                    .asText()
                    .equals("10m"));
            JsonNode changed = api.get("/notifications/ops").expect(200);
            assertEquals("127.0.0.1:" + receiver.port(), changed.get("host").asText(), "its address is kept");

            console.press("Remove");
            console.press("Remove notification");
            Eventually.eventually(
                    "it is gone", () -> api.get("/notifications/ops").status() == 404);
            console.awaitText("Nobody is told yet");
            assertEquals(List.of(), console.complaints());
            assertFalse(
                    console.value("document.documentElement.outerHTML").asText().contains(receiver.url("/chat")));
        }
    }
}
