package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The servers that the user has logged in to, and which of them a command uses. */
class ContextsTest {
    private static final String SELF = "{\"id\":\"1\",\"name\":\"ci\",\"role\":\"operator\",\"expires_at\":null}";

    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer home =
            new FakeServer().answer("GET /tokens/self", 200, SELF).answer("GET /jobs", 200, "{\"jobs\":[]}");

    @RegisterExtension
    final FakeServer work = new FakeServer().answer("GET /jobs", 200, "{\"jobs\":[]}");

    private Pawl pawl() {
        return new Pawl(folder).without("PAWL_DATA_DIR").with("HOME", folder.toString());
    }

    @Test
    void aLoginChecksTheTokenAndKeepsItForItsOwnerAlone() throws Exception {
        Pawl.Outcome login = pawl().answeringWith("secret1").run("login", home.url() + "/", "--name", "home");

        assertEquals(0, login.code(), login.err());
        assertEquals(
                "Logged in to " + home.url() + " as ci (operator). The context \"home\" is current now.\n",
                login.out());
        assertEquals("Bearer secret1", token(home, "/tokens/self"));
        Path file = folder.resolve("config/pawl/contexts.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));

        assertEquals(0, pawl().run("jobs").code());
        assertEquals("Bearer secret1", token(home, "/jobs"));
    }

    @Test
    void aTokenThatTheServerRefusesIsNotKept() {
        work.answer("GET /tokens/self", 401, "{\"code\":\"PAWL-400\",\"detail\":\"The token is unknown.\"}");

        assertEquals(
                1,
                pawl().answeringWith("wrong")
                        .run("login", work.url().toString())
                        .code());
        assertFalse(Files.exists(folder.resolve("config/pawl/contexts.json")));
    }

    @Test
    void anOlderServerIsAskedForItsStatus() {
        assertEquals(
                0,
                pawl().answeringWith("secret2")
                        .run("login", work.url().toString())
                        .code());
        assertEquals("Bearer secret2", token(work, "/status"));
    }

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheCurrentContext() throws Exception {
        pawl().answeringWith("secret2").run("login", work.url().toString(), "--name", "work");
        pawl().answeringWith("secret1").run("login", home.url().toString(), "--name", "home");

        pawl().run("jobs");
        assertEquals("Bearer secret1", token(home, "/jobs"));
        pawl().with("PAWL_TOKEN", "other").run("jobs");
        assertEquals("Bearer other", token(home, "/jobs"));
        pawl().with("PAWL_CONTEXT", "work").run("jobs");
        assertEquals("Bearer secret2", token(work, "/jobs"));
        pawl().with("PAWL_TOKEN", "other")
                .with("PAWL_SERVER", home.url().toString())
                .run("jobs", "--context", "work");
        assertEquals("Bearer secret2", token(work, "/jobs"));
        pawl().with("PAWL_CONTEXT", "work").run("jobs", "--server", home.url().toString());
        assertEquals("Bearer secret1", token(home, "/jobs"));

        long before = home.requests().size();
        assertEquals(
                3,
                pawl().run("jobs", "--data-dir", folder.resolve("data").toString())
                        .code());
        assertEquals(before, home.requests().size());
    }

    @Test
    void contextsAreListedChosenAndForgottenWithoutTheirTokens() {
        pawl().answeringWith("secret2").run("login", work.url().toString(), "--name", "work");
        pawl().answeringWith("secret1").run("login", home.url().toString(), "--name", "home");

        assertEquals(0, pawl().run("context", "use", "work").code());
        String list = pawl().run("context", "list").out();
        assertEquals(list, pawl().run("context").out(), "alone it lists as well");
        assertTrue(list.contains("*  work"), list);
        assertFalse((list + pawl().run("context", "list", "-o", "json").out()).contains("secret"));
        assertEquals(
                "work (" + work.url() + ")\n", pawl().run("context", "show").out());
        assertEquals(0, pawl().run("context", "rm", "work").code());
        assertEquals(2, pawl().run("context", "show").code());
        Pawl.Outcome unknown = pawl().run("jobs", "--context", "work");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("there are home"), unknown.err());
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("config/pawl"));
        Files.writeString(folder.resolve("config/pawl/contexts.json"), "{");

        Pawl.Outcome refused = pawl().run("jobs");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("holds no contexts; repair or remove it"), refused.err());
    }

    private static String token(FakeServer server, String path) {
        return server.last("GET", path).headers().get("authorization");
    }
}
