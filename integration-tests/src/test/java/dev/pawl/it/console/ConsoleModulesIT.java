package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.formed.FormedModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of modules, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleModulesIT extends ConsoleCase {

    /** Chooses a file, as a person does in the browser's dialog. */
    private void choose(Path jar) throws Exception {
        var document = console.tab().send("DOM.getDocument", Map.of());
        var input = console.tab()
                .send(
                        "DOM.querySelector",
                        Map.of("nodeId", document.get("root").get("nodeId").asInt(), "selector", "input[type=file]"));
        console.tab()
                .send(
                        "DOM.setFileInputFiles",
                        Map.of(
                                "files",
                                List.of(jar.toString()),
                                "nodeId",
                                input.get("nodeId").asInt()));
    }

    private String dialog() {
        return console.value("document.querySelector('dialog')?.innerText ?? ''")
                .asText()
                .replaceAll("\\s+", " ");
    }

    @Test
    void aJarIsInstalledAndUpdatedAfterItIsSaidWhatThatDoes() throws Exception {
        console.open("modules");
        choose(ModuleJar.of(StepsModule.class, "1.0.0", folder));
        console.awaitText("No running job is touched, and nothing else.");
        assertTrue(dialog().contains("Steps 1.0.0 is installed."), dialog());
        assertEquals(404, api.get("/modules/steps").status(), "the dry run has changed nothing");
        assertEquals(List.of(), console.faults());
        console.press("Install");
        console.awaitText("No running job was touched");
        console.press("Done");
        console.awaitText("Steps");

        List<String> jobs = List.of(
                api.start("steps", Map.of("steps", 400, "pause_ms", 20, "every", 40)),
                api.start("steps", Map.of("steps", 400, "pause_ms", 20, "every", 5)));
        Eventually.eventually(
                "both run", () -> jobs.stream().allMatch(id -> api.results(id).size() > 3));
        choose(ModuleJar.of(StepsModule.class, "2.0.0", folder));
        console.awaitText("Touches 2 running jobs; touches nothing else.");
        assertTrue(dialog().contains("in the place of 1.0.0"), dialog());
        console.press("Finish");
        console.awaitText("ends on the version that it began with");
        console.press("Move");
        console.awaitText("moves at its next checkpoint");
        console.value(
                "window.said = ''; new MutationObserver(() => { window.said += document.querySelector('dialog')?.innerText; }).observe(document.querySelector('dialog'), {subtree: true, childList: true, characterData: true})");
        console.press("Install");
        console.awaitText("was parked at a checkpoint and goes on");
        String said = console.value("window.said").asText();
        assertTrue(said.contains("running jobs have come to a stop"), said);
        assertTrue(said.contains("has stopped, and waits"), said);
        console.picture("module-update");
        console.press("Done");
        console.awaitText("2.0.0");
        jobs.forEach(
                job -> assertEquals("completed", api.awaitEnd(job).get("status").asText()));

        console.open("modules/steps?tab=versions");
        console.awaitText("Former versions");
        console.press("Roll back to 1.0.0");
        console.awaitText("goes back to an earlier version");
        console.value(
                "[...document.querySelectorAll('dialog button')].find(each => each.textContent === 'Roll back').click()");
        console.press("Done");
        Eventually.eventually("the former version is back", () -> api.get("/modules/steps")
                .expect(200)
                .get("version")
                .asText()
                .equals("1.0.0"));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aFileThatIsNoModuleIsRefusedInItsDialog() throws Exception {
        console.open("modules");
        choose(Files.writeString(folder.resolve("notes.jar"), "no jar at all"));
        console.await("the refusal is there", "document.querySelector('dialog .trouble')");
        assertEquals(1, console.count("dialog button.first[disabled]"));
        console.press("Cancel");
    }

    @Test
    void aModuleIsPausedDisabledEnabledAndRemoved() throws Exception {
        api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        console.open("modules/steps");
        console.press("Pause");
        console.awaitText("Its jobs are paused");
        console.open("");
        console.awaitText("is well"); // a pause is no trouble
        console.open("modules/steps");
        console.press("Resume");
        console.await("the notice goes", "!document.body.innerText.includes('Its jobs are paused')");
        console.press("Disable");
        console.awaitText("is disabled.");
        console.value(
                "[...document.querySelectorAll('dialog button')].find(each => each.textContent === 'Disable').click()");
        console.press("Done");
        console.press("Enable");
        console.awaitText("is enabled.");
        console.value(
                "[...document.querySelectorAll('dialog button')].find(each => each.textContent === 'Enable').click()");
        console.press("Done");
        console.press("Remove");
        console.awaitText("is removed.");
        console.press("Remove module");
        console.press("Done");
        Eventually.eventually("it is gone", () -> console.place().equals("/console/modules"));
        assertEquals(404, api.get("/modules/steps").status());
    }

    @Test
    void settingsAreSavedOverTheVersionThatWasReadAndASecretStays() throws Exception {
        api.upload(ModuleJar.of(FormedModule.class, "1.0.0", folder), "").expect(200);
        console.open("modules/formed?tab=settings");
        console.type("#setting-password", "hunter2");
        console.type("#setting-level", "10");
        console.press("Save settings");
        console.await("the field is marked", "document.querySelector('#setting-level[aria-invalid=true]')");
        console.type("#setting-level", "3");
        console.press("Save settings");
        console.awaitText("The settings were saved.");
        assertEquals(
                "********",
                api.get("/modules/formed/settings").expect(200).get("password").asText());
        console.await("the secret is masked", "document.querySelector('#settings-json').value.includes('********')");
        assertFalse(console.value("document.documentElement.outerHTML").asText().contains("hunter2"));

        console.type("#setting-style", "mine");
        api.json("PUT", "/modules/formed/settings", Map.of("style", "theirs", "password", "********"))
                .expect(200);
        console.press("Save settings");
        console.awaitText("The settings were changed meanwhile.");
        assertEquals(
                "mine",
                console.value("document.querySelector('#setting-style').value").asText());
        assertEquals(
                "theirs",
                api.get("/modules/formed/settings").expect(200).get("style").asText());
        console.press("Show those of the server");
        console.await("they are shown", "document.querySelector('#setting-style')?.value === 'theirs'");
        assertEquals(List.of(), console.complaints());
    }
}
