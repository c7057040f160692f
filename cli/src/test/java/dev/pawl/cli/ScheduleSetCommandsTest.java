package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.client.JsonTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl schedule apply}. */
final class ScheduleSetCommandsTest extends ServedCommandTest {

    private static final String APPLIED = "{\"set\":\"ops\",\"dry_run\":false,\"changes\":["
            + "{\"name\":\"a\",\"change\":\"changed\",\"differences\":[{\"field\":\"cron\",\"from\":\"@hourly\",\"to\":\"@daily\"},"
            + "{\"field\":\"time_zone\",\"from\":null,\"to\":\"UTC\"},{\"field\":\"job\",\"from\":null,\"to\":null}],"
            + "\"sentence\":\"At 00:00, UTC\"},"
            + "{\"name\":\"b\",\"change\":\"made\",\"differences\":[],\"sentence\":\"Every hour\"},"
            + "{\"name\":\"c\",\"change\":\"unchanged\",\"differences\":[],\"sentence\":\"Every hour\"},"
            + "{\"name\":\"d\",\"change\":\"removed\",\"differences\":[],\"sentence\":\"Every day\"}]}";

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void assertRefused(String text, String reason) throws IOException {
        Pawl.Outcome refused =
                pawl.run("schedule", "apply", file("x.yaml", text).toString());
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains(reason), refused.err());
    }

    @Test
    void theFileIsSentAsASetAndTheChangesAreShown() throws Exception {
        server.answer("POST /schedules/apply", 200, APPLIED);
        Path file = file("ops.yaml", """
                schedules:
                  a: {cron: '@daily', time_zone: UTC, job: {module_id: hello}}
                  b: {every: 1h, job: {module_id: hello}}
                """);
        Pawl.Outcome applied = pawl.run("schedule", "apply", file.toString());
        assertEquals(0, applied.code(), applied.err());
        assertEquals(
                List.of(
                        "~ a  At 00:00, UTC",
                        "    cron: @hourly → @daily",
                        "    time_zone: none → UTC",
                        "    job",
                        "+ b  Every hour",
                        "- d  Every day",
                        "  1 schedule is unchanged."),
                applied.lines());
        assertEquals(
                JsonTrees.parse("{\"set\":\"ops\",\"schedules\":["
                        + "{\"name\":\"a\",\"cron\":\"@daily\",\"time_zone\":\"UTC\",\"job\":{\"module_id\":\"hello\"}},"
                        + "{\"name\":\"b\",\"every\":\"1h\",\"job\":{\"module_id\":\"hello\"}}]}"),
                JsonTrees.parse(server.last("POST", "/schedules/apply").body()));
    }

    @Test
    void aDryRunSaysThatNothingIsChanged() throws Exception {
        server.answer("POST /schedules/apply", 200, APPLIED);
        Path file = file("any.json", "{\"set\": \"ops\", \"schedules\": []}");
        Pawl.Outcome shown = pawl.run("schedule", "apply", "--dry-run", file.toString());
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.err().contains("nothing is changed"), shown.err());
        assertEquals(
                JsonTrees.parse("{\"set\":\"ops\",\"schedules\":[],\"dry_run\":true}"),
                JsonTrees.parse(server.last("POST", "/schedules/apply").body()));
    }

    @Test
    void aScheduleThatIsSomebodyElsesFailsTheCommand() throws Exception {
        server.answer(
                "POST /schedules/apply",
                200,
                "{\"set\":\"ops\",\"dry_run\":false,\"changes\":[{\"name\":\"mine\",\"change\":\"left\",\"differences\":[],"
                        + "\"sentence\":\"Every day\"}]}");
        Pawl.Outcome left =
                pawl.run("schedule", "apply", file("ops.yaml", "schedules: []").toString());
        assertEquals(1, left.code());
        assertTrue(left.out().contains("! mine  does not belong to the set"), left.out());
    }

    @Test
    void aFileThatHoldsNoSetIsRefusedBeforeAnythingIsSent() throws Exception {
        assertRefused("- a\n", "a set of schedules is one, such as");
        assertRefused("schedules:\n  a: 3\n", "the schedule a is no object");
        assertRefused("schedules:\n  a: {name: b}\n", "has a second name");
        assertRefused("schedules: [\n", "holds no YAML");
        assertTrue(
                server.requests().stream().noneMatch(request -> request.method().equals("POST")));
    }
}
