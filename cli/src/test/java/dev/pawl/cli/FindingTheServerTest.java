package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.command.ServerOptions;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FindingTheServerTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer server = new FakeServer();

    private Pawl pawl;

    @BeforeEach
    void serve() {
        pawl = new Pawl(folder);
    }

    @Test
    void theDataFolderSaysWhereItIsAndWhatOpensIt() throws Exception {
        Files.writeString(folder.resolve("server.url"), server.url() + "\n");
        Files.writeString(folder.resolve("admin.token"), "secret\n");
        server.having("secret");

        assertEquals(0, pawl.run("status").code());
        assertEquals("Bearer secret", server.last("GET", "/status").headers().get("authorization"));
        assertNull(server.last("GET", "/status/identity").headers().get("authorization"));
    }

    /** Covers a killed server that has left its address, and whose port another program now uses. */
    @Test
    void whoCannotProveToHaveTheTokenIsNotSentIt() throws Exception {
        Files.writeString(folder.resolve("server.url"), server.url() + "\n");
        Files.writeString(folder.resolve("admin.token"), "secret\n");
        for (String answer :
                List.of("{}", "{\"proof\":\"00\"}", "{\"proof\":null,\"auth\":\"token\"}", "<html>", "[]")) {
            server.answer("GET /status/identity", 200, answer);
            refusesToSend();
        }
        server.answer("GET /status/identity", 404, "{}");
        refusesToSend();
        server.having("another token");
        refusesToSend();
    }

    private void refusesToSend() {
        for (String[] command : new String[][] {{"status"}, {"jobs"}, {"queue", "pause"}}) {
            Pawl.Outcome outcome = pawl.run(command);
            assertEquals(3, outcome.code(), outcome.err());
            assertTrue(outcome.err().contains("is not the server of " + folder), outcome.err());
        }
        assertTrue(server.requests().stream()
                .allMatch(request -> request.path().equals("/status/identity")
                        && !request.headers().containsKey("authorization")));
    }

    @Test
    void aServerThatAsksForNoTokenIsSentNone() throws Exception {
        Files.writeString(folder.resolve("server.url"), server.url() + "\n");
        Files.writeString(folder.resolve("admin.token"), "left from before\n");
        server.answer("GET /status/identity", 200, "{\"auth\":\"off\"}");

        assertEquals(0, pawl.run("status").code());
        assertNull(server.last("GET", "/status").headers().get("authorization"));
    }

    @Test
    void anOptionWinsOverTheFolderAndTheFolderOverTheSettings() throws Exception {
        Files.writeString(folder.resolve("server.url"), "http://127.0.0.1:1");
        assertEquals(
                3,
                pawl.with("PAWL_API_PORT", server.url().getPort() + "")
                        .run("status")
                        .code());
        assertEquals(
                0, pawl.with("PAWL_URL", server.url().toString()).run("status").code());
        assertEquals(3, pawl.run("status", "--url", "http://127.0.0.1:1").code());
    }

    @Test
    void withoutAFileItIsWhereTheSettingsPutIt() {
        pawl.with("PAWL_API_HOST", "0.0.0.0").with("PAWL_API_PORT", server.url().getPort() + "");

        assertEquals(0, pawl.run("status").code());
    }

    @Test
    void aServerThatIsGoneIsToldFromOneThatNeverWas() throws Exception {
        Pawl.Outcome never = pawl.run("jobs");
        Files.writeString(folder.resolve("server.url"), "http://127.0.0.1:1");
        Pawl.Outcome gone = pawl.run("jobs");

        assertEquals(3, never.code());
        assertEquals("Error: No server answers at http://127.0.0.1:1. Start one with `pawl serve`.\n", never.err());
        assertEquals(3, gone.code());
        assertTrue(gone.err().contains("left behind by a server that did not shut down cleanly"), gone.err());
    }

    @Test
    void theFoldersTokenIsNotSentToAnAddressThatSomebodyNames() throws Exception {
        Files.writeString(folder.resolve("admin.token"), "secret");

        assertNull(tokenFor("http://192.0.2.1:8420"));
        assertEquals("secret", tokenFor("http://127.0.0.1:9"));
        Files.writeString(folder.resolve("server.url"), "http://192.0.2.1:8420");
        assertEquals("secret", tokenFor("http://192.0.2.1:8420/"));
    }

    private String tokenFor(String url) throws Exception {
        pawl.with("PAWL_URL", url);
        return new ServerOptions()
                .find(pawl.invocation(new StringWriter(), new StringWriter()))
                .token();
    }

    @Test
    void aTokenOfTheEnvironmentIsSentAnywhere() throws Exception {
        Files.writeString(folder.resolve("admin.token"), "file");
        pawl.with("PAWL_URL", server.url().toString())
                .with("PAWL_TOKEN", "mine")
                .run("status");

        assertEquals("Bearer mine", server.last("GET", "/status").headers().get("authorization"));
    }

    @Test
    void aTokenThatIsNotAcceptedIsExplained() {
        server.answer("GET /jobs", 401, "{\"code\":\"PAWL-400\",\"detail\":\"No token was sent.\"}");

        Pawl.Outcome outcome = pawl.with("PAWL_URL", server.url().toString()).run("jobs");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("Error: No token was sent.\nSet PAWL_TOKEN"), outcome.err());
    }

    @Test
    void anotherProgramAtTheAddressIsNoServer() {
        server.answer("GET /jobs", 200, "<html>");

        Pawl.Outcome outcome = pawl.with("PAWL_URL", server.url().toString()).run("jobs");

        assertEquals(3, outcome.code());
        assertTrue(outcome.err().contains("is not a Pawl server"), outcome.err());
    }
}
