package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of the queue, data, hooks, tokens, the audit and the server, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleAdminIT extends ConsoleCase {

    private static final String BIG =
            "{\"n\": 9007199254740993, \"f\": 1.10, \"<script>\": \"</textarea><img src=x onerror=alert(1)>\"}";

    @Test
    void theQueueSaysWhyItWaitsAndIsPausedAndCleared() throws Exception {
        console.open("queue");
        console.awaitText("No job waits.");
        console.press("Pause the queue");
        console.awaitText("The queue is paused");
        api.start("hello", Map.of("name", "a"));
        api.post(
                        "/queue",
                        Map.of(
                                "job_title",
                                "<b>far</b>",
                                "tasks",
                                List.of(Map.of("module", "nowhere", "data", Map.of()))))
                .expect(200);
        console.await("both are counted", "document.querySelector('main td.strong')?.textContent.startsWith('2')");
        console.awaitText("<b>far</b>");
        console.press("Let the queue go on");
        console.awaitText("Module nowhere is not installed here.");
        console.await("the other one has run", "document.querySelector('main .more').textContent === '1 waiting'");
        console.press("Remove all waiting");
        console.awaitText("1 waiting job is removed");
        console.press("Remove 1 job");
        console.awaitText("No job waits.");
        assertEquals(0, api.get("/queue").expect(200).get("entries").asInt());

        String own = api.get("/status").expect(200).get("worker_id").asText();
        console.press("Disable");
        Eventually.eventually("the worker is disabled", () -> api.get("/workers/" + own)
                .expect(200)
                .at("/attributes/disabled")
                .asBoolean());
        console.press("Enable");
        Eventually.eventually("the worker is enabled", () -> !api.get("/workers/" + own)
                .expect(200)
                .at("/attributes/disabled")
                .asBoolean());
        console.press("Drain");
        console.awaitText("until it is taken back");
        console.press("Drain it");
        Eventually.eventually("the server is drained", () -> api.get("/workers/" + own)
                .expect(200)
                .path("drain_state")
                .asText()
                .equals("drained"));
        console.awaitText("drained");
        console.press("Take back");
        Eventually.eventually("it takes jobs again", () -> !api.get("/workers/" + own)
                .expect(200)
                .at("/attributes/drain")
                .asBoolean());
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aWorkerIsShownByWhatItSaysAndItsHeartbeatsAreNotAskedFor() throws Exception {
        Map<String, String> idle = Map.of("status", "idle", "hostname", "far-box", "version", "7");
        api.post("/workers/far-1", idle).expect(204);
        console.open("queue");
        console.awaitText("far-box");
        console.awaitText("regular");
        console.value("performance.clearResourceTimings()");
        for (int beat = 0; beat < 20; beat++) {
            api.post("/workers/far-1", idle).expect(204);
        }
        api.post(
                        "/workers/far-1",
                        Map.of("status", "in_progress", "hostname", "far-box", "version", "7", "task", "encode<b>"))
                .expect(204);
        console.awaitText("encode<b>");
        int asked = console.value(
                        "performance.getEntriesByType('resource').filter(each => each.name.endsWith('/workers')).length")
                .asInt();
        assertTrue(asked <= 3, asked + " requests");
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aDocumentStaysTheTextThatItIsAndIsSavedOverTheVersionThatWasRead() throws Exception {
        put("notes", BIG);
        console.open("data/hello/notes");
        console.await(
                "every digit is shown", "document.querySelector('#document-text').value.includes('9007199254740993')");
        String shown =
                console.value("document.querySelector('#document-text').value").asText();
        assertTrue(shown.contains("1.10"), shown);
        console.type("#document-text", shown.replace("1.10", "2.20"));
        console.awaitText("1 added, 1 removed");
        console.press("Save");
        console.awaitText("The document was saved.");
        String kept = console.value("fetch('/data/hello/notes').then(answer => answer.text())")
                .asText();
        assertTrue(kept.contains("9007199254740993") && kept.contains("2.20"), kept);

        console.type("#document-text", "{\"mine\": 1}");
        put("notes", "{\"theirs\": 2}");
        console.press("Save");
        console.awaitText("The document was changed meanwhile.");
        assertTrue(api.get("/data/hello/notes").expect(200).has("theirs"));
        console.press("Keep mine");
        console.press("Save");
        Eventually.eventually(
                "mine is saved", () -> api.get("/data/hello/notes").expect(200).has("mine"));
        console.type("#document-text", "{");
        console.awaitText("The text ends too early");
        assertEquals(1, console.count(".start-bar button.first[disabled]"));
        console.press("Undo");

        console.open("data");
        console.press("New document");
        console.type("#new-doc-module", "hello");
        console.type("#new-doc-name", "a b");
        console.press("Write it");
        console.awaitText("not there yet");
        console.press("Save");
        console.awaitText("The document was saved.");
        assertEquals(200, api.get("/data/hello/a%20b").status());
        console.press("Delete");
        console.press("Delete document");
        Eventually.eventually("it is gone", () -> api.get("/data/hello/a%20b").status() == 404);
        assertEquals(List.of(), console.complaints());
    }

    private void put(String name, String json) {
        api.send("POST", "/data/hello/" + name, "application/json", BodyPublishers.ofString(json))
                .expect(204);
    }

    @Test
    void aTokenIsMadeShownOnceAndRevoked() throws Exception {
        console.open("tokens");
        console.press("New token");
        console.type("#token-name", "<u>ci</u>");
        console.value("document.querySelector('input[name=role][value=operator]').click()");
        console.type("#token-expires", "soon");
        console.press("Make token");
        console.await("what is wrong is said", "document.querySelector('dialog .trouble')");
        console.type("#token-expires", "12h");
        console.press("Make token");
        console.awaitText("It is shown this once");
        String secret =
                console.value("document.querySelector('.secret-text').value").asText();
        assertEquals(
                "<u>ci</u>",
                new Api(server.url(), secret)
                        .get("/tokens/self")
                        .expect(200)
                        .get("name")
                        .asText());
        assertEquals(List.of(), console.faults());
        console.press("I have noted it");
        console.awaitText("<u>ci</u>");
        assertFalse(console.value("document.documentElement.outerHTML + JSON.stringify({...localStorage})")
                .asText()
                .contains(secret));
        console.press("Revoke <u>ci</u>");
        console.press("Revoke token");
        Eventually.eventually(
                "it has ended",
                () -> new Api(server.url(), secret).get("/tokens/self").status() == 401);
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void theAuditIsFilteredByItsAddressAndCheckedFromThePage() throws Exception {
        put("one", "{}");
        api.start("hello", Map.of("name", "a"));
        api.post("/jobs", Map.of("module_id", "nowhere")).expect(400);
        console.open("audit?action=data");
        console.awaitText("hello/one");
        assertEquals(1, console.count(".grid-row"));
        console.type("#audit-action", "job.start");
        console.await("others are shown", "document.querySelector('main').innerText.includes('refused')");
        Eventually.eventually("the address says so", () -> console.place().equals("/console/audit?action=job.start"));
        console.value("document.querySelector('.grid-row').click()");
        console.awaitText("Copy the request id");
        console.assertSound("audit");
        console.press("Close");
        console.press("Check the chain");
        console.awaitText("the chain of their hashes is whole");
    }

    @Test
    void theServerIsBackedUpCheckedAndPurgedFromItsPage() throws Exception {
        String job = api.start("hello", Map.of("name", "a"));
        api.awaitEnd(job);
        console.open("server");
        console.awaitText("PAWL_DATA_DIR");
        console.press("Back up now");
        console.awaitText("The backup is on disk.");
        console.press("Check the store");
        console.awaitText("nothing is damaged");
        console.type("#purge-age", "0s");
        console.press("Count them first");
        console.awaitText("Remove 1 ended job?");
        assertEquals("completed", api.status(job));
        console.press("Remove 1 job");
        Eventually.eventually("it is gone", () -> api.get("/jobs/" + job).status() == 404);
        assertEquals(List.of(), console.complaints());
    }
}
