package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.browser.Tab;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Reply;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites in the browser of a person who runs a server that asks nobody for a token: they change nothing and learn nothing. */
@NeedsProgram("chromium")
class ForeignPageIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String EVIL = "evil.example";

    /** Tries each way in which a page reaches another server, and notes what came of it. */
    private static final String ATTEMPTS = """
            async server => {
              const note = {};
              const job = JSON.stringify({module_id: 'hello', inputs: {name: 'foreign'}});
              const tried = async (name, act) => { try { note[name] = await act(); } catch (failure) { note[name] = 'refused'; } };
              const took = (target, good) => new Promise(resolve => {
                target.addEventListener(good, () => resolve('taken'));
                target.addEventListener('error', () => resolve('refused'));
                setTimeout(() => resolve('refused'), 5000);
              });
              await tried('read', async () => (await (await fetch(server + '/jobs')).text()).includes('jobs') ? 'taken' : 'refused');
              await tried('json', async () => (await fetch(server + '/jobs', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: job})).ok ? 'taken' : 'refused');
              await tried('simple', async () => { await fetch(server + '/jobs', {method: 'POST', mode: 'no-cors', body: job}); return 'sent'; });
              await tried('beacon', async () => navigator.sendBeacon(server + '/jobs', job) ? 'sent' : 'refused');
              await tried('events', () => { const events = new EventSource(server + '/events'); return took(events, 'open').finally(() => events.close()); });
              await tried('socket', () => { const socket = new WebSocket(server.replace('http', 'ws') + '/events'); return took(socket, 'open'); });
              await tried('script', () => { const script = document.createElement('script'); script.src = server + '/jobs'; document.head.append(script); return took(script, 'load'); });
              await tried('frame', () => { const frame = document.createElement('iframe'); frame.name = 'form'; document.body.append(frame); return 'made'; });
              const form = document.createElement('form');
              form.method = 'post'; form.action = server + '/jobs'; form.enctype = 'text/plain'; form.target = 'form';
              const field = document.createElement('input');
              field.name = job.slice(0, -1) + ', "x": "'; field.value = '"}';
              form.append(field); document.body.append(form); form.submit();
              await new Promise(resolve => setTimeout(resolve, 500));
              return note;
            }""";

    @TempDir
    Path folder;

    private Server server;
    private Tab tab;

    @BeforeEach
    void open() throws Exception {
        server = Server.start(folder.resolve("data"), JAVA, Map.of("PAWL_AUTH", "off"));
        tab = Tab.open(Files.createDirectories(folder.resolve("profile")), List.of(EVIL));
    }

    @AfterEach
    void close() {
        tab.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "127.0.0.1"})
    void aForeignPageStartsNothingAndReadsNothing(String host) throws Exception {
        try (CallbackReceiver site = CallbackReceiver.at(0)) {
            site.answering(
                    request -> new Reply(200, Map.of("Content-Type", "text/html"), "<!doctype html><title>x</title>"));
            tab.show(site.url("/page").replace("127.0.0.1", host).replace("localhost", host));
            var note = tab.value("(" + ATTEMPTS + ")('" + origin() + "')");
            for (String way : List.of("read", "json", "events", "socket", "script")) {
                assertEquals("refused", note.get(way).asText(), way + ": " + note);
            }
        }
        assertEquals(0, server.api().get("/jobs").expect(200).get("jobs").size());
    }

    /** Shows that the attempts would be seen if they succeeded. */
    @Test
    void thePageOfTheServerItselfDoesAllThat() throws Exception {
        tab.show(origin() + "/console/");
        var note = tab.value("(" + ATTEMPTS + ")('" + origin() + "')");
        for (String way : List.of("read", "json", "events")) {
            assertEquals("taken", note.get(way).asText(), way + ": " + note);
        }
        Eventually.eventually(
                "its jobs are there",
                () -> server.api().get("/jobs").expect(200).get("jobs").size() >= 1);
    }

    @Test
    void aNameThatWasMadeToLeadHereIsRefused() throws Exception {
        for (String place : List.of("/console/", "/jobs", "/", "/events")) {
            tab.show(origin().replace("127.0.0.1", EVIL).replace("localhost", EVIL) + place);
            var status = tab.events("Network.responseReceived")
                    .filter(each -> each.at("/type").asText().equals("Document"))
                    .map(each -> each.at("/response/status").asInt())
                    .toList();
            assertTrue(!status.isEmpty() && status.stream().allMatch(each -> each >= 400), place + " " + status);
        }
    }

    private String origin() {
        return server.url().toString().replaceAll("/$", "");
    }
}
