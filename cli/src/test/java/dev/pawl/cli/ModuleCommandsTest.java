package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleCommandsTest extends ServedCommandTest {
    @TempDir
    private Path folder;

    @Test
    void modulesAreListedAndDescribed() {
        server.answer("GET /modules", 200, "{\"modules\":[" + Jobs.HELLO + "]}")
                .answer("GET /modules/hello", 200, Jobs.HELLO);

        assertEquals(
                List.of(
                        "ID     VERSION  STATE  RUNS IN  NAME         DESCRIPTION",
                        "hello  1.0.0    ready  server   Hello World  Greets."),
                pawl.run("module", "list").lines());
        String shown = pawl.run("module", "show", "hello").out();
        assertTrue(shown.contains("count     integer            3        How often (1 to 1000000)"), shown);
        assertTrue(shown.contains("name      text     yes                Whom to greet"), shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "api | https://git.example.com/x#0123456789012345678901234567890123456789:count | git | https://git.example.com/x"
                        + " | pawl module install-git https://git.example.com/x count --ref 0123456789012345678901234567890123456789",
                "api | git@example.com:x#0123456789012345678901234567890123456789 | git | git@example.com:x"
                        + " | pawl module install-git git@example.com:x --ref 0123456789012345678901234567890123456789",
                "api | https://example.com/a.zip | url | https://example.com/a.zip | -",
                "api | /srv/count | path | /srv/count | pawl module install /srv/count",
                "folder | count | folder | count | -",
                "api | - | upload | - | -",
                "distribution | hello.jar | distribution | hello.jar | -"
            })
    void aModuleSaysWhereItCameFrom(String origin, String source, String kind, String place, String again)
            throws Exception {
        ObjectNode module = (ObjectNode) JsonTrees.parse(Jobs.HELLO);
        module.putObject("deployment")
                .put("origin", origin)
                .put("source", source)
                .put("sha256", "abab")
                .put("installed_by", "admin");
        server.answer("GET /modules/hello", 200, module.toString());

        JsonNode told = JsonTrees.parse(
                pawl.run("module", "source", "hello", "-o", "json").out());
        assertEquals(kind, told.path("kind").asText());
        assertEquals(place, told.path("place").textValue());
        assertEquals("abab", told.path("sha256").asText());
        String shown = pawl.run("module", "source", "hello").out().replaceAll("\\s+", " ");
        assertTrue(again == null ? !shown.contains("Again") : shown.contains("Again " + again), shown);
    }

    @Test
    void aModuleIsShownWithHowItDoesAndWhereItCameFrom() throws Exception {
        server.answer(
                "GET /modules/hello",
                200,
                "{\"id\":\"hello\",\"version\":\"1.0.0\",\"isolation\":\"process\",\"state\":\"unsatisfied\",\"bundle_state\":\"active\","
                        + "\"component\":{\"state\":\"unsatisfied reference\",\"references\":[{\"name\":\"clock\","
                        + "\"service\":\"java.time.Clock\",\"satisfied\":false}],\"configuration\":["
                        + "{\"pid\":\"dev.pawl.module.hello\",\"required\":false,\"present\":true},"
                        + "{\"pid\":\"org.example.paper\",\"required\":true,\"present\":false},"
                        + "{\"pid\":\"org.example.ink\",\"required\":false,\"present\":false}]},"
                        + "\"jobs\":{\"pending\":0,\"running\":2},\"abandoned_threads\":1,"
                        + "\"warnings\":[\"A thread goes on.\"],\"lingering_threads\":[{\"kind\":\"abandoned\","
                        + "\"name\":\"pawl-task-1\",\"job_id\":\"" + Jobs.ID + "\",\"state\":\"timed_waiting\","
                        + "\"stack\":[\"a.B.c(B.java:1)\"]}],"
                        + "\"retiring\":[{\"version\":\"0.9.0\",\"jobs\":[\"" + Jobs.ID + "\"]}],"
                        + "\"leaks\":[{\"version\":\"0.8.0\",\"gone_at\":\"2026-01-01T00:00:00.000+00:00\","
                        + "\"holders\":[\"A shutdown hook.\"]}],"
                        + "\"deployment\":{\"sha256\":\"abab\",\"origin\":\"folder\",\"source\":\"hello.jar\","
                        + "\"signer\":\"CN=Release\"}}");

        String shown = pawl.run("module", "show", "hello").out().replaceAll("\\s+", " ");

        for (String part : List.of(
                "Bundle state active",
                "Runs in process",
                "Component unsatisfied reference; lacks java.time.Clock;"
                        + " lacks a configuration org.example.paper; configured by dev.pawl.module.hello",
                "Jobs 2 running",
                "Abandoned 1 thread",
                "Warning A thread goes on.",
                "Thread pawl-task-1, abandoned by job " + Jobs.ID.substring(0, 8)
                        + ", timed waiting at a.B.c(B.java:1)",
                "Retiring 0.9.0, with jobs " + Jobs.ID.substring(0, 8),
                "Leak Version 0.8.0 was removed",
                "but its classes are still in memory: A shutdown hook.",
                "SHA-256 abab",
                "Origin folder hello.jar",
                "Signer CN=Release")) {
            assertTrue(shown.contains(part), part + " is not in " + shown);
        }
    }

    @Test
    void aJarIsSentAndAFolderIsNamed() throws Exception {
        String answer = "{\"change\":\"updated\",\"id\":\"hello\",\"version\":\"1.1.0\",\"former_version\":\"1.0.0\","
                + "\"jobs\":[{\"job_id\":\"" + Jobs.ID + "\",\"outcome\":\"parked\"}]}";
        server.answer("POST /modules", 200, answer).answer("POST /modules/install", 200, answer);
        Path jar = Files.writeString(folder.resolve("hello.jar"), "jar");

        Pawl.Outcome outcome = pawl.run("module", "install", jar.toString(), "--mode", "finish");
        pawl.run("module", "install", folder.toString(), "--dry-run");

        assertEquals("Updated hello 1.1.0 (was 1.0.0).\nON   NAME      EFFECT\njob  3f2a91c4  parked\n", outcome.out());
        FakeServer.Request upload = server.last("POST", "/modules");
        assertEquals("/modules?mode=finish", upload.target());
        assertEquals("application/java-archive", upload.headers().get("content-type"));
        assertEquals("jar", upload.body());
        FakeServer.Request install = server.last("POST", "/modules/install");
        assertEquals("/modules/install?dry_run=true", install.target());
        assertEquals(
                folder.toString(),
                JsonTrees.parse(install.body()).path("source_path").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "uninstall,DELETE,/modules/hello,Uninstalled hello.",
        "enable,POST,/modules/hello/enable,Enabled hello.",
        "disable,POST,/modules/hello/disable,Disabled hello.",
        "pause,POST,/modules/hello/pause,Paused hello.",
        "resume,POST,/modules/hello/resume,Resumed hello.",
        "rollback,POST,/modules/hello/rollback,Rolled back hello."
    })
    void modulesAreChanged(String command, String method, String path, String said) {
        server.answer(method + " " + path, 204, "");

        assertEquals(said + "\n", pawl.run("module", command, "hello").out());
    }

    @Test
    void aDryRunShowsWhoWouldBeAffected() {
        server.answer(
                "POST /modules/hello/rollback",
                200,
                "{\"change\":\"rolled_back\",\"id\":\"hello\",\"version\":\"1.0.0\",\"former_version\":\"1.1.0\","
                        + "\"jobs\":[],\"waiting\":[],\"touched\":[\"org.user\"],"
                        + "\"affected\":[{\"bundle\":\"org.other\",\"why\":\"uses its service org.Shop\"}],"
                        + "\"appears\":[],\"vanishes\":[{\"kind\":\"package\",\"name\":\"org.shared 1.1.0\"}]}");

        Pawl.Outcome outcome = pawl.run("module", "rollback", "hello", "--to", "1.0.0", "--dry-run");

        assertEquals(
                List.of(
                        "Dry run, nothing changed. Would roll back hello to 1.0.0 (now 1.1.0).",
                        "ON       NAME              EFFECT",
                        "bundle   org.user          restarted",
                        "bundle   org.other         uses its service org.Shop",
                        "package  org.shared 1.1.0  removed"),
                outcome.lines());
        assertEquals(
                "/modules/hello/rollback?to=1.0.0&dry_run=true",
                server.last("POST", "/modules/hello/rollback").target());
    }

    @Test
    void aHeldVersionIsShownAndPromoted() throws Exception {
        String held = "{\"bundle\":\"dev.pawl.hello\",\"state\":\"held\",\"from\":\"1.0.0\",\"to\":\"1.1.0\","
                + "\"server\":\"alpha\",\"started_by\":\"ann\",\"started_at\":\"2026-01-01T10:00:00+00:00\","
                + "\"steps\":[{\"server\":\"alpha\",\"state\":\"serving\"}]}";
        ObjectNode module = (ObjectNode) JsonTrees.parse(Jobs.HELLO);
        module.set("roll_out", JsonTrees.parse(held));
        server.answer("GET /modules/hello", 200, module.toString())
                .answer("POST /modules/hello/rollback", 204, "")
                .answer("POST /modules/hello/promote", 200, held);

        String shown = pawl.run("module", "show", "hello").out();
        assertTrue(shown.contains("1.0.0 -> 1.1.0, held since "), shown);
        assertTrue(shown.contains("alpha serving"), shown);
        assertTrue(shown.contains("pawl module promote"), shown);
        assertEquals(
                "Promoted: hello 1.0.0 -> 1.1.0 goes on to the other servers.\n",
                pawl.run("module", "promote", "hello").out());
        pawl.run("module", "rollback", "hello", "--canary");
        assertEquals(
                "/modules/hello/rollback?canary=1",
                server.last("POST", "/modules/hello/rollback").target());
    }

    @Test
    void aDryRunOfADisablePromisesNothingAndAnOlderJarIsCalledOne() {
        server.answer("POST /modules/hello/disable", 200, "{\"change\":\"disabled\",\"id\":\"hello\"}")
                .answer(
                        "POST /modules/install",
                        200,
                        "{\"change\":\"updated\",\"id\":\"hello\",\"version\":\"1.10.0\",\"former_version\":\"1.9.0\"}")
                .thenAnswer(
                        "POST /modules/install",
                        200,
                        "{\"change\":\"updated\",\"id\":\"hello\",\"version\":\"1.1.0\",\"former_version\":\"1.2.0\"}");

        assertEquals(
                "Dry run, nothing changed. Would disable hello.\n",
                pawl.run("module", "disable", "hello", "--dry-run").out());
        assertEquals(
                "Updated hello 1.10.0 (was 1.9.0).\n",
                pawl.run("module", "install", "hello").out());
        assertEquals(
                "Replaced by an older version: hello 1.1.0 (was 1.2.0).\n",
                pawl.run("module", "install", "hello").out());
    }

    @Test
    void theHistoryIsATable() {
        server.answer(
                "GET /modules/hello/history",
                200,
                "{\"history\":[{\"at\":\"2026-03-01T12:00:00+00:00\",\"by\":\"admin\",\"action\":\"update\","
                        + "\"from\":\"1.0.0\",\"to\":\"1.1.0\",\"sha256\":\"" + "ab".repeat(32)
                        + "\",\"outcome\":\"failed\",\"detail\":\"It does not start.\"}]}");

        Pawl.Outcome outcome = pawl.run("module", "history", "hello", "--limit", "5");

        assertEquals(
                List.of("12:00:00  update  1.0.0 → 1.1.0  failed   admin  abababab", "  It does not start."),
                outcome.lines().subList(1, 3));
        assertEquals(
                "/modules/hello/history?limit=5",
                server.last("GET", "/modules/hello/history").target());
    }

    @Test
    void settingsAreChangedOneByOne() throws Exception {
        server.answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("GET /modules/hello/settings", 200, "{\"greeting\":\"Hello\",\"other\":1}")
                .answer("PUT /modules/hello/settings", 200, "{}");

        pawl.run("module", "settings", "hello", "-s", "greeting=Hi");

        assertEquals(
                JsonTrees.parse("{\"greeting\":\"Hi\",\"other\":1}"),
                JsonTrees.parse(server.last("PUT", "/modules/hello/settings").body()));
    }

    @Test
    void aModuleWithoutSettingsSaysSo() {
        server.answer("GET /modules/hello/settings", 200, "{}");

        assertEquals(
                "The module has no settings.\n",
                pawl.run("module", "settings", "hello").out());
    }

    @Test
    void aVersionThatStaysIsNotToldTwice() {
        server.answer(
                "POST /modules/hello/disable",
                200,
                "{\"change\":\"disabled\",\"id\":\"hello\",\"version\":\"1.0.0\",\"former_version\":\"1.0.0\"}");

        assertEquals(
                "Disabled hello 1.0.0.\n",
                pawl.run("module", "disable", "hello").out());
    }

    @Test
    void aFileThatIsGivenAsTheDocumentItselfIsToldHowFilesAreGiven() {
        Pawl.Outcome outcome = pawl.run("data", "put", "hello", "a", "/tmp/a.json");

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("it takes an object such as '{\"a\": 1}', or @FILE."), outcome.err());
    }

    @Test
    void documentsAreStoredAndDeleted() throws Exception {
        server.answer("POST /data/hello/a%20b", 204, "").answer("DELETE /data/hello/a%20b", 204, "");
        Path file = Files.writeString(folder.resolve("x.json"), "{\"x\": 1}");

        assertEquals(
                "Stored a b of hello.\n",
                pawl.run("data", "put", "hello", "a b", "@" + file).out());
        assertEquals("{\"x\":1}", server.last("POST", "/data/hello/a%20b").body());
        assertEquals(
                "Deleted a b of hello.\n",
                pawl.run("data", "rm", "hello", "a b").out());
        Pawl.Outcome wrong = pawl.run("data", "put", "hello", "a b", "{x");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("The document is not valid JSON"), wrong.err());
    }

    @Test
    void colourIsForTerminalsAlone() {
        server.answer("GET /modules", 200, "{\"modules\":[" + Jobs.HELLO + "]}");

        assertFalse(pawl.run("module", "list").out().contains("\u001b"));
        assertTrue(pawl.onTerminal(80).run("module", "list").out().contains("\u001b[32mready\u001b[0m"));
    }

    @Test
    void aSettingGoesBackToItsDefault() {
        server.answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("GET /modules/hello/settings", 200, "{\"greeting\":\"Hi\",\"other\":1}")
                .answer("PUT /modules/hello/settings", 200, "{}");

        assertEquals(
                0,
                pawl.run("module", "settings", "hello", "--unset", "greeting").code());
        assertEquals(
                "{\"other\":1}", server.last("PUT", "/modules/hello/settings").body());
        Pawl.Outcome unknown = pawl.run("module", "settings", "hello", "--unset", "greting");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("\"greting\", which is not a setting"), unknown.err());
    }

    @Test
    void documentsAreListed() {
        server.answer(
                "GET /data/hello",
                200,
                "{\"documents\":[{\"module\":\"hello\",\"name\":\"words\",\"size\":17,\"changed_at\":\"2026-03-01T11:00:00.000+00:00\"}],"
                        + "\"next_cursor\":null}");

        assertEquals(
                "hello   words     17  11:00:00",
                pawl.run("data", "list", "hello").lines().get(1));
        assertEquals(
                "hello words\n", pawl.run("data", "list", "hello", "--quiet").out());
    }
}
