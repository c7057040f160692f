package dev.pawl.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.FakeServer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When the file of schedules is applied, and what is said about it. */
final class ScheduleFileTest {

    private static final String SET = "schedules: {a: {every: 1h, job: {module_id: hello}}}";
    private static final String MADE = "{\"changes\":[{\"name\":\"a\",\"change\":\"made\"}]}";

    @RegisterExtension
    final FakeServer server = new FakeServer();

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private ScheduleFile file;
    private long writes;

    @BeforeEach
    void watch() {
        file = new ScheduleFile(folder, () -> new Api(ServerOptions.started(server.url(), folder)), said::add);
        server.answer("POST /schedules/apply", 200, MADE);
    }

    private void write(String text) throws IOException {
        Path written = Files.writeString(folder.resolve("schedules.yaml"), text);
        Files.setLastModifiedTime(written, FileTime.fromMillis(1_000 * ++writes));
    }

    private long applied() {
        return server.requests().stream()
                .filter(request -> request.path().equals("/schedules/apply"))
                .count();
    }

    @Test
    void withoutAFileNothingIsDone() {
        file.begin();
        file.look();
        assertEquals(0, applied());
        assertEquals(List.of(), said);
    }

    @Test
    void theFileIsAppliedOnceAndAgainOnlyWhenAChangeOfItHasSettled() throws Exception {
        write(SET);
        file.begin();
        file.look();
        assertEquals(1, applied());
        assertEquals(1, said.size());
        assertTrue(said.get(0).endsWith("says: made a."), said.get(0));
        write(SET + " ");
        file.look();
        assertEquals(1, applied(), "it may be being written");
        file.look();
        file.look();
        assertEquals(2, applied());
    }

    @Test
    void aFileThatIsWrongIsToldOnceAndLeftUntilItChanges() throws Exception {
        write("schedules: [");
        file.begin();
        file.look();
        assertEquals(0, applied());
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains("holds no YAML"), said.get(0));
        server.answer(
                "POST /schedules/apply",
                400,
                "{\"status\":400,\"code\":\"PAWL-701\",\"detail\":\"Schedule \\\"a\\\": no.\"}");
        write(SET);
        file.look();
        file.look();
        file.look();
        assertEquals(1, applied());
        assertEquals(2, said.size());
        assertTrue(said.get(1).contains("is not applied: Schedule \"a\": no."), said.get(1));
    }

    @Test
    void whatTheServerCannotTakeAtPresentIsTriedAgainAndToldOnce() throws Exception {
        server.answer(
                        "POST /schedules/apply",
                        503,
                        "{\"status\":503,\"code\":\"PAWL-601\",\"detail\":\"The disk is full.\"}")
                .thenAnswer(
                        "POST /schedules/apply",
                        503,
                        "{\"status\":503,\"code\":\"PAWL-601\",\"detail\":\"The disk is full.\"}")
                .thenAnswer("POST /schedules/apply", 200, MADE);
        write(SET);
        file.begin();
        file.look();
        file.look();
        file.look();
        assertEquals(3, applied());
        assertEquals(2, said.size(), said::toString);
        assertTrue(said.get(0).contains("cannot be applied at present: The disk is full."), said.get(0));
        assertTrue(said.get(1).endsWith("says: made a."), said.get(1));
    }
}
