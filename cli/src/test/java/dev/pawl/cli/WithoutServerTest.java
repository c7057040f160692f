package dev.pawl.cli;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.command.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WithoutServerTest {
    private static final String JOB = "/jobs/" + Jobs.ID;

    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer server = new FakeServer();

    private FakeEmbeddedServer embedded;
    private Pawl pawl;

    @BeforeEach
    void serve() {
        server
                .answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("POST /jobs", 200, "{\"id\":\"" + Jobs.ID + "\",\"status\":\"pending\"}")
                .answer("GET " + JOB, 200, Jobs.COMPLETED)
                .answer("GET " + JOB + "/results", 200, Jobs.results(3, 3))
                .stream(Jobs.ID, Jobs.entry(1, "INFO", "Hello, World!"));
        embedded = new FakeEmbeddedServer(server.url(), folder.toString());
        pawl = new Pawl(folder).with(embedded);
    }

    @Test
    void runStartsATemporaryServerOnTheDataFolderAndEndsIt() throws Exception {
        Files.writeString(folder.resolve("server.url"), "http://127.0.0.1:1"); // left by a server that was killed
        Files.writeString(folder.resolve("admin.token"), "secret");

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World");

        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("Hello, World!"));
        assertEquals(
                List.of(new EmbeddedServer.Options(
                        Map.of("pawl.api.host", "127.0.0.1", "pawl.api.port", "0"), false, false)),
                embedded.started());
        assertTrue(embedded.isClosed());
        assertEquals("Bearer secret", server.last("POST", "/jobs").headers().get("authorization"));
    }

    @Test
    void aServerThatAnswersIsNotDoubled() throws Exception {
        Files.writeString(folder.resolve("server.url"), server.url().toString());

        assertEquals(0, pawl.run("run", "hello", "-i", "name=World").code());
        assertEquals(List.of(), embedded.started());
    }

    @Test
    void aServerThatTheUserNamedIsNotReplaced() {
        Pawl.Outcome outcome = pawl.run("run", "hello", "--url", "http://127.0.0.1:1");

        assertEquals(3, outcome.code());
        assertEquals(List.of(), embedded.started());
    }

    @Test
    void aJobIsNotLeftToAServerThatWillBeGone() {
        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World", "--detach");

        assertEquals(3, outcome.code());
        assertEquals(List.of(), embedded.started());
    }

    @Test
    void aDataFolderThatIsTakenIsSaid() {
        embedded.refusing("The data folder belongs to process 4711.", 1);

        Pawl.Outcome outcome = pawl.run("run", "hello", "-i", "name=World");

        assertEquals(1, outcome.code());
        assertEquals("Error: The data folder belongs to process 4711.\n", outcome.err());
    }

    @Test
    void whoInterruptsIsToldThatTheJobKeepsItsPlace() throws Exception {
        server.stream(Jobs.ID, 1001, Jobs.entry(2, "INFO", "two")).answer("GET " + JOB, 200, Jobs.RUNNING);
        FutureTask<Pawl.Outcome> run = new FutureTask<>(() -> pawl.run("run", "hello", "-i", "name=World"));
        new Thread(run).start();

        eventually("the command listens", pawl::interrupt);

        assertEquals(130, run.get().code());
        assertEquals(
                "Stopping. Job 3f2a91c4 keeps its place: `pawl resume 3f2a91c4` or the next `pawl serve` continues it.\n",
                run.get().err());
        assertTrue(embedded.isClosed());
    }

    @Test
    void resumeFollowsTheJobThatTheServerTookUp() {
        server.answer("POST /jobs/3f2a91c4/resume", 200, Jobs.RUNNING);

        Pawl.Outcome outcome = pawl.run("resume", "3f2a91c4");

        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("completed in 2.3 s; 3 results."));
    }

    @Test
    void resumeShowsAJobThatHasEndedMeanwhile() {
        server.answer("POST /jobs/3f2a91c4/resume", 409, "{\"code\":\"PAWL-114\",\"detail\":\"It is completed.\"}")
                .answer("GET /jobs/3f2a91c4", 200, Jobs.COMPLETED);

        Pawl.Outcome outcome = pawl.run("resume", "3f2a91c4");

        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("completed in 2.3 s; 3 results."));
    }

    @Test
    void commandsThatOnlyLookStartNothing() {
        assertEquals(3, pawl.run("jobs").code());
        assertEquals(List.of(), embedded.started());
    }

    @Test
    void serveHandsItsOptionsOnAndStaysUntilTheServerHasStopped() {
        Pawl.Outcome outcome =
                pawl.run("serve", "--port", "0", "--host", "::1", "--data-dir", folder + "/x/..", "--console");

        assertEquals(0, outcome.code());
        assertEquals(
                List.of(new EmbeddedServer.Options(
                        Map.of("pawl.api.port", "0", "pawl.api.host", "::1", "pawl.data.dir", folder.toString()),
                        false,
                        true)),
                embedded.started());
        assertEquals("", outcome.out(), "only the server itself reports that it is ready");
        assertEquals("There is no terminal, so no console opens.\n", outcome.err());
    }

    @Test
    void serveEndsWithTheCodeThatTheServerRefusesWith() {
        embedded.refusing("PAWL_WORKERS is \"many\"; it takes 1 to 100000.", 2);

        assertEquals(2, pawl.run("serve").code());
        assertEquals(2, pawl.run("serve", "--port", "many").code());
    }

    @Test
    void withoutTheServersPartThereIsNothingToServe() {
        Pawl.Outcome outcome = new Pawl(folder).run("serve");

        assertEquals(1, outcome.code());
        assertFalse(outcome.err().isEmpty());
    }

    @Test
    void aJarIsDescribedWithoutAServer() throws Exception {
        String jar = Files.writeString(folder.resolve("sample.jar"), "").toString();

        Pawl.Outcome shown = pawl.run("module", "describe", jar);
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("com.example.sample"), shown.out());
        assertTrue(shown.out().contains("lib/jsoup-1.21.2.jar"), shown.out());
        assertTrue(shown.out().contains("count"), shown.out());
        assertTrue(pawl.run("module", "describe", jar, "-o", "json").out().contains("\"version\":\"1.2.0\""));
        assertEquals(List.of(), embedded.started());

        embedded.refusing("The bundle has no usable module: it is a library.", 1);
        Pawl.Outcome refused = pawl.run("module", "describe", jar);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("it is a library"), refused.err());
        Pawl.Outcome missing = pawl.run("module", "describe", "no.jar");
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("JAR is no.jar, which is no file that can be read"), missing.err());
    }
}
