package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyCommandsTest extends ServedCommandTest {

    private static final String MESSAGE =
            "{\"n\":7,\"id\":\"72d3162e-cc78-11e3-81ab-4c9367dc0958\",\"event\":\"failed\","
                    + "\"state\":\"failed\",\"count\":12,\"first_at\":\"2026-02-27T02:00:00.004+00:00\","
                    + "\"last_at\":\"2026-02-27T02:00:00.004+00:00\",\"closed_at\":null,\"next_at\":null,"
                    + "\"examples\":[{\"job_title\":\"nightly\",\"modules\":[\"backup\"],\"detail\":\"\",\"times\":12}],"
                    + "\"tries\":[{\"at\":\"2026-02-27T02:00:10.004+00:00\",\"took_ms\":12,\"status\":404,"
                    + "\"error\":\"The receiver answers 404.\",\"answer\":\"no_team\"}]}";

    private static final String OPS =
            "{\"name\":\"ops\",\"on\":[\"failed\"],\"modules\":[\"backup\"],\"format\":\"slack\",\"url\":\"********\","
                    + "\"host\":\"hooks.slack.com:443\",\"group_for\":\"10s\",\"quiet_for\":\"5m\",\"paused\":false,"
                    + "\"changed_at\":\"2026-01-01T10:00:00.000+00:00\",\"last_message\":" + MESSAGE + "}";

    @TempDir
    private Path folder;

    private JsonNode sent() throws Exception {
        return JsonTrees.parse(server.last("PUT", "/notifications/ops").body());
    }

    @Test
    void aNotificationIsSetWithItsAddressFromAFile() throws Exception {
        server.answer("PUT /notifications/ops", 200, OPS);
        Path url = Files.writeString(folder.resolve("url.txt"), "https://hooks.slack.com/services/x\n");
        Pawl.Outcome set = pawl.run(("notify set ops --on failed,missed --running-longer-than 2h --module backup,mail"
                        + " --title nightly* --quiet-for 1h --paused --slack @" + url)
                .split(" ", -1));
        assertEquals(0, set.code(), set.err());
        assertEquals(
                "Set ops. `pawl notify test ops` sends a test to hooks.slack.com:443.",
                set.lines().get(0));
        assertEquals(
                JsonTrees.parse("{\"on\":[\"failed\",\"missed\"],\"running_longer_than\":\"2h\","
                        + "\"modules\":[\"backup\",\"mail\"],\"title\":\"nightly*\",\"format\":\"slack\","
                        + "\"url\":\"https://hooks.slack.com/services/x\",\"quiet_for\":\"1h\",\"paused\":true}"),
                sent());
    }

    @Test
    void placesAreKeptReferredToPlainOrMailboxes() throws Exception {
        server.answer("PUT /notifications/ops", 200, OPS);
        pawl.run("notify set ops --on failed --discord keep".split(" ", -1));
        assertEquals(JsonTrees.parse("{\"on\":[\"failed\"],\"format\":\"discord\",\"url\":\"********\"}"), sent());
        pawl.run("notify", "set", "ops", "--on", "failed", "--ntfy", "https://ntfy.sh/x", "--secret", "${secret:n}");
        assertEquals("https://ntfy.sh/x", sent().get("url").asText());
        assertEquals("${secret:n}", sent().get("secret").asText());
        pawl.run("notify set ops --waiting-longer-than 30m --email a@x.org,b@x.org".split(" ", -1));
        assertEquals(
                JsonTrees.parse(
                        "{\"waiting_longer_than\":\"30m\",\"format\":\"email\",\"to\":[\"a@x.org\",\"b@x.org\"]}"),
                sent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--on failed",
                "--on failed --slack keep --ntfy keep",
                "--on failed --slack https://hooks.slack.com/services/x",
                "--on failed --slack keep --quiet-for soon"
            })
    void whatIsMissingOrCannotBeIsAMistakeBeforeAnythingIsSent(String options) {
        Pawl.Outcome set = pawl.run(("notify set ops " + options).split(" ", -1));
        assertEquals(2, set.code());
        assertTrue(server.requests().isEmpty(), set.err());
    }

    @Test
    void theListShowsWhereTheyGoAndWhatCameOfTheLastMessage() {
        server.answer(
                "GET /notifications", 200, "{\"notifications\":[" + OPS + "],\"next_cursor\":\"ops\",\"limit\":100}");
        Pawl.Outcome list = pawl.run("notify", "list");
        assertEquals(0, list.code(), list.err());
        assertTrue(
                list.lines().get(1).matches("ops +slack +hooks.slack.com:443 .*failed"),
                list.lines().toString());
        assertTrue(list.err().contains("pawl notify list --cursor ops"), list.err());
    }

    @Test
    void oneIsShownInFull() {
        server.answer("GET /notifications/ops", 200, OPS);
        String shown = String.join("\n", pawl.run("notify", "show", "ops").lines());
        for (String part : List.of("ops", "failed", "backup", "slack", "10s", "5m", "active", "answers 404")) {
            assertTrue(shown.contains(part), part + " in " + shown);
        }
    }

    @Test
    void aTestThatDoesNotArriveEndsWithOne() {
        server.answer("POST /notifications/ops/test", 200, MESSAGE);
        Pawl.Outcome failed = pawl.run("notify", "test", "ops");
        assertEquals(1, failed.code());
        assertTrue(
                String.join("\n", failed.lines()).contains("no_team"),
                failed.lines().toString());
        server.answer(
                "POST /notifications/ops/test",
                200,
                MESSAGE.replace("\"state\":\"failed\"", "\"state\":\"delivered\""));
        assertEquals(0, pawl.run("notify", "test", "ops").code());
    }

    @Test
    void deliveriesAndARemovalAreSaid() {
        server.answer(
                "GET /notifications/ops/deliveries",
                200,
                "{\"deliveries\":[" + MESSAGE + "],\"next_before\":7,\"limit\":1}");
        Pawl.Outcome list = pawl.run("notify", "deliveries", "ops", "-n", "1");
        assertEquals(0, list.code(), list.err());
        assertTrue(list.lines().get(1).contains("12"), list.lines().toString());
        assertTrue(list.err().contains("--before 7"), list.err());
        server.answer("DELETE /notifications/ops", 204, "");
        assertEquals(List.of("Removed ops."), pawl.run("notify", "rm", "ops").lines());
    }
}
