package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Actions of pages that are rarely needed: each is done by its control, and the server shows that it was done. */
@NeedsProgram("chromium")
class ConsoleActionsIT extends ConsoleCase {

    /** Keeps the texts of the files that the page hands out. */
    private static final String CATCH = """
            (() => {
              window.saved = [];
              const made = URL.createObjectURL.bind(URL);
              URL.createObjectURL = blob => { blob.text().then(text => saved.push(text)); return made(blob); };
            })()""";

    @Override
    void furnish() throws Exception {
        api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
    }

    @Test
    void aLogIsSavedPlainOrAsItIsAndAJobRemoved() throws Exception {
        String job = api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "to be removed",
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", 20, "fail", true)))))
                .expect(200)
                .get("id")
                .asText();
        api.awaitEnd(job);
        console.open("jobs/" + job);
        console.value(CATCH);
        console.press("Download");
        console.awaitText("each with its time and level");
        console.assertSound("the download of a log");
        console.press("Plain text");
        console.await("it is saved", "window.saved.length === 1 && !document.querySelector('dialog')");
        console.press("Download");
        console.press("With colours of the terminal");
        console.await("it is saved as it is", "window.saved.length === 2");
        assertFalse(console.value("saved[0]").asText().contains("\u001b["));
        assertTrue(console.value("saved[1]").asText().contains("\u001b["));
        assertEquals(
                api.get("/jobs/" + job + "/logs?limit=1")
                        .expect(200)
                        .get("total")
                        .asLong(),
                console.value("saved[0]").asText().lines().count());
        console.value("navigator.clipboard.writeText = async text => { window.copied = text; }");
        console.press("Copy");
        console.await("its failure is copied", "window.copied?.includes('No such file')");
        console.press("Remove");
        console.press("Remove job");
        Eventually.eventually("it is gone", () -> api.get("/jobs/" + job).status() == 404);
        Eventually.eventually("the list is shown", () -> console.place().startsWith("/console/jobs"));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aJobOfALaterTimeIsStartedNow() throws Exception {
        String job = api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "tomorrow",
                                "not_before",
                                Instant.now().plus(Duration.ofDays(1)).toString(),
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", 1)))))
                .expect(200)
                .get("id")
                .asText();
        console.open("jobs/" + job);
        console.press("Start it now");
        console.await(
                "the page sees its end", "document.querySelector('main h1 + .status')?.innerText === 'completed'");
        assertEquals("completed", api.status(job));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aWorkerLeavesTheListAndTheFolderOfModulesIsLookedAt() throws Exception {
        api.post("/workers/far-1", Map.of("status", "idle", "hostname", "far-box", "version", "7"))
                .expect(204);
        console.open("queue");
        console.awaitText("far-box");
        console.press("Remove far-box");
        console.press("Remove worker");
        Eventually.eventually(
                "it has left", () -> !api.get("/workers").expect(200).toString().contains("far-box"));
        console.await("the page knows", "!document.querySelector('main').innerText.includes('far-box')");
        console.open("modules");
        console.press("Look at the folder again");
        console.awaitText("there already");
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void theAdminTokenIsReplacedAndADocumentTidied() throws Exception {
        console.open("data");
        console.press("New document");
        console.type("#new-doc-module", "hello");
        console.type("#new-doc-name", "untidy");
        console.press("Write it");
        console.type("#document-text", "{\"b\":1,\"a\":[1.10,9007199254740993]}");
        console.press("Tidy");
        console.await(
                "it has lines and each digit",
                "document.querySelector('#document-text').value.split('\\n').length > 3 && document.querySelector('#document-text').value.includes('9007199254740993')");
        console.press("Undo");

        String old = Files.readString(folder.resolve("data/admin.token")).strip();
        console.open("tokens");
        console.press("Replace the admin token");
        console.press("Replace it");
        console.awaitText("It is shown this once");
        String secret =
                console.value("document.querySelector('.secret-text').value").asText();
        assertEquals(401, new Api(server.url(), old).get("/tokens/self").status());
        assertEquals(
                "admin",
                new Api(server.url(), secret)
                        .get("/tokens/self")
                        .expect(200)
                        .get("role")
                        .asText());
        assertEquals(List.of(), console.faults());
    }
}
