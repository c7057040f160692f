package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UpkeepCommandsTest {

    @TempDir
    private Path folder;

    @RegisterExtension
    final FakeServer server = new FakeServer();

    @Test
    void aRunningServerDoesTheWork() {
        server.answer("POST /store/purge", 200, "{\"removed\":{\"failed\":1},\"total\":1,\"dry_run\":true}")
                .answer("POST /store/backup", 200, "{\"file\":\"/x\",\"bytes\":9,\"artifacts\":2}")
                .answer("POST /store/check", 200, "{\"sound\":true,\"jobs\":3,\"defects\":[]}");
        Pawl pawl = Pawl.of(server, folder);

        assertEquals(
                "1 job would be removed.\n",
                pawl.run("purge", "--older-than", "12h", "--status", "failed", "--dry-run")
                        .out());
        assertEquals(
                "Backed up to /x (9 bytes, 2 module bundles).\n",
                pawl.run("backup", "/x").out());
        assertEquals(
                "The store is sound; it contains 3 jobs.\n", pawl.run("check").out());
        assertEquals(0, pawl.run("check").code());
    }

    @Test
    void withoutAServerThisProcessDoesTheWork() throws Exception {
        Pawl pawl = new Pawl(folder).with(new FakeEmbeddedServer(server.url(), folder.toString()));

        assertEquals(
                "2 jobs removed.\n", pawl.run("purge", "--older-than", "30d").out());
        assertEquals(
                "Backed up to /x (7 bytes, 1 module bundles).\n",
                pawl.run("backup", "/x").out());
        Pawl.Outcome check = pawl.run("check");
        assertEquals("1 job(s) have no request.\n", check.out());
        assertEquals(1, check.code());
        assertEquals(
                "Restored /x.\nThe former data is in aside.\n",
                pawl.run("restore", "/x").out());
    }

    @Test
    void aServerThatRunsRefusesARestoreWithItsProcessId() throws Exception {
        Pawl pawl = new Pawl(folder)
                .with(new FakeEmbeddedServer(server.url(), folder.toString())
                        .refusing("The data folder is in use by the server with process id 42.", 1));

        Pawl.Outcome refused = pawl.run("restore", "/x");

        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("process id 42"), refused.err());
    }

    @Test
    void aPurgeWithoutAnAgeIsRefused() {
        Pawl pawl = Pawl.of(server, folder);
        assertEquals(2, pawl.run("purge").code());
        assertEquals(2, pawl.run("purge", "--older-than", "soon").code());
    }

    @Test
    void aPurgeOfEverythingAsksFirst() {
        server.answer("POST /store/purge", 200, "{\"removed\":{\"failed\":3},\"total\":3}");
        Pawl pawl = Pawl.of(server, folder);

        Pawl.Outcome unasked = pawl.run("purge", "--older-than", "0s");
        assertEquals(2, unasked.code());
        assertTrue(unasked.err().contains("removes all 3 jobs"), unasked.err());
        assertTrue(unasked.err().contains("say --yes"), unasked.err());
        assertEquals(
                2, pawl.answeringWith("n").run("purge", "--older-than", "0s").code());
        assertTrue(server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .allMatch(request -> request.target().contains("dry_run=true")));

        assertEquals(
                0, pawl.answeringWith("y").run("purge", "--older-than", "0s").code());
        assertEquals(
                "3 jobs removed.\n",
                pawl.run("purge", "--older-than", "0s", "--yes").out());
    }

    @Test
    void aBackupThatIsThereIsReplacedByForce() {
        server.answer(
                "POST /store/backup",
                409,
                "{\"code\":\"PAWL-604\",\"detail\":\"The file /x exists already.\",\"remedy\":\"Allow it.\"}");

        Pawl.Outcome refused = Pawl.of(server, folder).run("backup", "/x");

        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("--force replaces a backup"), refused.err());
    }
}
