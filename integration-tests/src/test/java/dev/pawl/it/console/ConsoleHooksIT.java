package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of hooks with its form, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleHooksIT extends ConsoleCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachFieldOfTheFormIsInTheHookThatIsSaved() throws Exception {
        console.open("hooks?new=1");
        console.type("#hook-name", "deploy");
        console.type("#hook-scheme", "4"); // hmac, the only one but token that asks for a header
        console.type("#hook-header", "X-Signature");
        console.type("#hook-secret", "a long random text");
        console.type("#hook-former_secret", "the text before");
        choose("hook-job-module_id", "hello");
        console.type("#hook-job-job_title", "<i>greet</i>");
        console.type("#hook-job-priority", "7");
        console.type("#hook-job-inputs-name", "nobody");
        console.press("Add to Inputs that a call brings");
        console.type("[aria-label='Name 1 of mapping']", "name");
        console.type("[aria-label='Value 1 of mapping']", "/who");
        choose("hook-missing", "omit");
        console.press("Add to Conditions");
        console.type("#hook-filters-0-value", "/n");
        console.type("#hook-filters-0-equals", "7");
        console.press("Add to Conditions");
        console.type("#hook-filters-1-value", "header:X-Event");
        console.type("#hook-filters-1-any_of", "push\ntag");
        console.press("Add to Conditions");
        console.type("#hook-filters-2-value", "query:env");
        console.type("#hook-filters-2-starts_with", "test");
        console.value("document.querySelector('#hook-filters-2-not').click()");
        console.type("#hook-delivery_id", "/id");
        console.type("#hook-unique_for", "2d");
        console.type("#hook-callback_source", "renderer");
        choose("hook-role", "admin");
        console.value("document.querySelector('#hook-paused').click()");
        console.assertSound("the form of a hook");
        console.picture("hook-form");
        console.press("Save hook");
        Eventually.eventually("it is shown", () -> console.place().equals("/console/hooks?name=deploy"));

        JsonNode hook = api.get("/hooks/deploy").expect(200);
        Map<String, String> expected = Map.ofEntries(
                Map.entry("/scheme", "\"hmac\""),
                Map.entry("/header", "\"X-Signature\""),
                Map.entry("/secret", "\"********\""),
                Map.entry("/former_secret", "\"********\""),
                Map.entry("/job/job_title", "\"<i>greet</i>\""),
                Map.entry("/job/priority", "7"),
                Map.entry("/job/inputs", "{\"name\":\"nobody\"}"),
                Map.entry("/mapping", "{\"name\":\"/who\"}"),
                Map.entry("/missing", "\"omit\""),
                Map.entry("/filters/0", "{\"value\":\"/n\",\"equals\":7}"),
                Map.entry("/filters/1", "{\"value\":\"header:X-Event\",\"any_of\":[\"push\",\"tag\"]}"),
                Map.entry("/filters/2", "{\"value\":\"query:env\",\"starts_with\":\"test\",\"not\":true}"),
                Map.entry("/delivery_id", "\"/id\""),
                Map.entry("/callback_source", "\"renderer\""),
                Map.entry("/role", "\"admin\""),
                Map.entry("/paused", "true"));
        for (Map.Entry<String, String> field : expected.entrySet()) {
            assertEquals(JSON.readTree(field.getValue()), hook.at(field.getKey()), field.getKey() + " of " + hook);
        }
        assertTrue(hook.get("unique_for").asText().matches("2d|48h"), hook.toString());
        assertEquals(List.of(), console.complaints());
    }

    @Test
    void whatTheServerRefusesStandsAtItsField() throws Exception {
        console.open("hooks?new=1");
        console.type("#hook-name", "deploy");
        assertRefused("", "#hook-job-wrong", "job");
        choose("hook-job-module_id", "hello");
        assertRefused("", "#hook-secret-wrong", "secret is missing");
        console.type("#hook-secret", "a long random text");
        console.type("#hook-unique_for", "1s");
        assertRefused("#hook-unique_for", "#hook-unique_for-wrong", "unique_for is");
        console.type("#hook-unique_for", "");
        console.type("#hook-delivery_id", "nowhere");
        assertRefused("#hook-delivery_id", "#hook-delivery_id-wrong", "delivery_id");
        console.assertSound("a refusal");
        console.type("#hook-delivery_id", "");
        console.type("#hook-text", "{\"scheme\": ");
        console.awaitText("The text ends too early");
        console.await("the form is locked", "document.querySelector('#hook-secret').disabled");
        assertEquals(404, api.get("/hooks/deploy").status());
        assertEquals(List.of(), console.complaints());
    }

    private void assertRefused(String field, String place, String says) {
        console.press("Save hook");
        console.await(
                says + " stands at its field",
                "document.querySelector('" + place + "')?.textContent.includes('" + says + "')");
        if (!field.isEmpty()) {
            assertEquals(1, console.count(field + "[aria-invalid=true]"));
        }
    }

    @Test
    void aHookIsTriedChangedAndRemoved() throws Exception {
        Map<String, Object> job = Map.of("module_id", "hello", "inputs", Map.of());
        Map<String, Object> hook = Map.of(
                "scheme", "github", "secret", "a long random text", "job", job, "mapping", Map.of("name", "/who"));
        api.json("PUT", "/hooks/deploy", hook).expect(200);
        console.open("hooks?name=deploy");
        console.await("its secret is masked", "document.querySelector('#hook-text')?.value.includes('********')");
        console.type("#hook-call", "{\"body\": {\"who\": \"<i>x</i>\"}}");
        console.press("What would it start?");
        console.awaitText("<i>x</i>");
        assertEquals(0, api.get("/jobs").expect(200).get("jobs").size(), "a test starts nothing");
        api.post("/hooks/deploy", Map.of()).expect(401);
        console.open("hooks?name=deploy");
        console.awaitText("refused");
        console.value("document.querySelector('#hook-paused').click()");
        console.press("Save hook");
        Eventually.eventually(
                "it is paused",
                () -> api.get("/hooks/deploy").expect(200).get("paused").asBoolean());
        console.press("Remove");
        console.press("Remove hook");
        Eventually.eventually("it is gone", () -> api.get("/hooks/deploy").status() == 404);
        assertEquals(List.of(), console.complaints());
    }

    /** Chooses a radio button by its word. */
    private void choose(String name, String word) {
        console.await(
                "there is " + word,
                "[...document.querySelectorAll('input[name=" + name
                        + "]')].find(each => each.closest('label').textContent.trim().startsWith('" + word + "'))");
        console.value("[...document.querySelectorAll('input[name=" + name
                + "]')].find(each => each.closest('label').textContent.trim().startsWith('" + word + "')).click()");
    }
}
