package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.formed.FormedModule;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forms that are made from a module's schema, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleFormIT extends ConsoleCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BIG = "9223372036854775808123";
    private static final String SECRET = "s3cret 'quoted' $HOME";

    @Override
    void furnish() throws Exception {
        api.upload(ModuleJar.of(FormedModule.class, "1.0.0", folder), "").expect(200);
    }

    private String json() {
        return console.value("document.querySelector('#new-json').value").asText();
    }

    private JsonNode jobAtPlace() {
        Eventually.eventually("the job is shown", () -> console.place().startsWith("/console/jobs/"));
        return api.job(console.place().substring("/console/jobs/".length()).replaceAll("[?#].*", ""));
    }

    @Test
    void theFormAndTheJsonBesideItFollowEachOtherWithEveryDigit() throws Exception {
        console.open("new?module=formed");
        console.type("#input-title", "Zoë's \"first\"");
        console.type("#input-big", BIG);
        console.type("#input-names", "a\nb c\n");
        console.press("Add to labels");
        console.type("[aria-label='Name 1 of labels']", "colour");
        console.type("[aria-label='Value 1 of labels']", "<b>");
        console.press("Add to parts");
        console.type("#input-parts-0-name", "wheel");
        console.press("Add to parts");
        console.type("#input-parts-1-name", "door");
        console.press("Move parts 2 up");
        console.value("document.querySelectorAll('[name=input-sure]')[1].click()");
        console.value("document.querySelectorAll('[name=input-colour]')[2].click()");
        console.await("the JSON has it all", "document.querySelector('#new-json').value.includes('GREEN')");
        assertTrue(json().contains("\"big\": " + BIG), json());
        assertEquals(JSON.readTree("""
                        {"title": "Zoë's \\"first\\"", "big": %s, "names": ["a", "b c"], "labels": {"colour": "<b>"},
                         "parts": [{"name": "door"}, {"name": "wheel"}], "sure": true, "colour": "GREEN"}""".formatted(BIG)), JSON.readTree(json()));

        console.type(
                "#new-json",
                "{\"title\": \"other\", \"level\": 3, \"strange\": [1, {\"x\": 1.50}], \"big\": " + BIG + "}");
        console.await("the form shows the title", "document.querySelector('#input-title').value === 'other'");
        console.await("the form shows the level", "document.querySelector('#input-level').value === '3'");
        console.type("#input-level", "4");
        console.await("the rest stays", "document.querySelector('#new-json').value.includes('1.50')");
        assertTrue(json().contains(BIG), json());

        console.type("#new-json", "{\n  \"title\": \"x\",\n  oops\n}");
        console.awaitText("in line 3, column 3");
        console.await("the form is locked", "document.querySelector('#input-title').disabled");
        assertEquals(1, console.count("button.first[disabled]"));
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void aJobIsStartedOnceAndItsInputsAreThoseThatWereTouched() throws Exception {
        console.open("new?module=formed");
        console.type("#input-title", "one");
        console.type("#input-big", BIG);
        console.key("Enter", 2);
        JsonNode job = jobAtPlace();
        assertEquals(JSON.readTree("{\"title\": \"one\", \"big\": " + BIG + "}"), job.get("inputs"));
        api.awaitEnd(job.get("id").asText());
        assertEquals(1, api.get("/jobs?module=formed").expect(200).get("jobs").size());

        console.open("new?from=" + job.get("id").asText());
        console.await("the earlier inputs are there", "document.querySelector('#input-title').value === 'one'");
        assertTrue(json().contains(BIG), json());
    }

    @Test
    void whatTheServerRefusesStandsAtItsFieldAndNothingIsLost() throws Exception {
        console.open("new?module=formed");
        console.type("#input-title", "one");
        console.type("#input-level", "17");
        console.press("Start job");
        console.await("the field is marked", "document.querySelector('#input-level[aria-invalid=true]')");
        console.awaitText("level is 17; it takes");
        console.await("the summary has the focus", "document.activeElement.id === 'new-trouble'");
        console.press("Go to the field");
        assertEquals("input-level", console.value("document.activeElement.id").asText());
        console.type("#input-level", "nine");
        console.press("Start job");
        console.awaitText("level is \"nine\"");
        assertEquals(
                "one",
                console.value("document.querySelector('#input-title').value").asText());
        console.type("#input-level", "9");
        console.await("the mark goes with the change", "!document.querySelector('#input-level[aria-invalid=true]')");
        console.press("Add to parts");
        console.press("Start job");
        console.awaitText("parts[0].name is missing");
        console.await("an inner field is marked", "document.querySelector('#input-parts-0-name[aria-invalid=true]')");
        assertEquals(List.of(), console.faults());
        assertEquals(0, api.get("/jobs").expect(200).get("jobs").size());
    }

    @Test
    void aSecretIsInNoAddressNoStorageAndNoLineForTheShell() throws Exception {
        console.open("new?module=formed");
        console.value("navigator.clipboard.writeText = async text => { window.copied = text; }");
        console.type("#input-title", "it's");
        console.type("#input-key", SECRET);
        console.await("the address has the rest", "location.search.includes('title')");
        assertFalse(console.place().contains("cret"), console.place());
        assertFalse(console.value("JSON.stringify([{...localStorage}, {...sessionStorage}])")
                .asText()
                .contains("cret"));

        console.press("curl");
        console.await("the line is copied", "window.copied?.startsWith('curl')");
        String curl = console.value("window.copied").asText();
        console.press("pawl run");
        console.await("the line is copied", "window.copied?.startsWith('pawl')");
        String pawl = console.value("window.copied").asText();
        assertFalse((curl + pawl).contains("cret"), curl + pawl);
        JsonNode answer = JSON.readTree(shell(curl));
        assertEquals(String.valueOf(SECRET.length()), keyLength(answer.get("id").asText()));
        shell(pawl.replaceFirst("^pawl", System.getProperty("pawl.distribution") + "/bin/pawl"));
        String second = api.get("/jobs").expect(200).at("/jobs/0/id").asText();
        assertEquals(String.valueOf(SECRET.length()), keyLength(second));
        assertEquals("it's", api.job(second).at("/inputs/title").asText());

        console.press("Start job");
        JsonNode job = jobAtPlace();
        assertEquals(String.valueOf(SECRET.length()), keyLength(job.get("id").asText()));
        assertFalse(console.value("document.documentElement.outerHTML").asText().contains("s3cret"));
        console.open("new?from=" + job.get("id").asText());
        console.await("the title is there", "document.querySelector('#input-title')?.value === \"it's\"");
        assertEquals(
                "", console.value("document.querySelector('#input-key').value").asText());
        assertFalse(json().contains("key"), json());
    }

    private String keyLength(String job) {
        api.awaitEnd(job);
        return api.results(job).get(0).get("key_length").asText();
    }

    /** Runs a line as a person would who pasted it. */
    private String shell(String line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", line);
        builder.environment().put("KEY", SECRET);
        builder.environment()
                .put(
                        "PAWL_TOKEN",
                        Files.readString(folder.resolve("data/admin.token")).strip());
        builder.environment().put("PAWL_SERVER", server.url().toString());
        Process process =
                builder.redirectError(folder.resolve("stderr").toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> line + said);
        return said;
    }

    @Test
    void hostileTextsOfAModuleAreTexts() throws Exception {
        console.value("window.alert = () => { window.wasHit = true; }");
        for (String place :
                List.of("new", "new?module=formed", "modules", "modules/formed", "modules/formed?tab=settings")) {
            console.open(place);
            console.awaitText(place.startsWith("new?") ? "<img src=x onerror=alert(2)>" : "<b>Formed</b>");
            console.assertSound(place);
        }
        assertFalse(console.value("window.wasHit === true").asBoolean());
    }
}
