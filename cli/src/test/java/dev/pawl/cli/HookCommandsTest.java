package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class HookCommandsTest extends ServedCommandTest {

    private static final String DEPLOY =
            "{\"name\":\"deploy\",\"scheme\":\"github\",\"header\":\"X-Hub-Signature-256\",\"secret\":\"********\","
                    + "\"job\":{\"module_id\":\"hello\",\"inputs\":{\"count\":2},\"job_title\":\"hello\",\"priority\":0},"
                    + "\"role\":\"operator\",\"mapping\":{\"name\":\"/repository/name\"},\"missing\":\"refuse\","
                    + "\"filters\":[{\"value\":\"/ref\",\"equals\":\"refs/heads/main\"}],"
                    + "\"delivery_ids\":[\"header:X-GitHub-Delivery\"],\"unique_for\":\"7d\",\"paused\":false,"
                    + "\"changed_at\":\"2026-01-01T10:00:00.000+00:00\",\"last_call\":{\"n\":7,"
                    + "\"at\":\"2026-02-27T02:00:00.004+00:00\",\"delivery_id\":\"72d3162e-cc78-11e3-81ab-4c9367dc0958\","
                    + "\"outcome\":\"refused\",\"detail\":\"The header X-Hub-Signature-256 is missing.\"}}";

    @TempDir
    private Path folder;

    private JsonNode sent() throws Exception {
        return JsonTrees.parse(server.last("PUT", "/hooks/deploy").body());
    }

    private Path secret() throws Exception {
        return Files.writeString(folder.resolve("secret.txt"), "s3cret\n");
    }

    @Test
    void aHookIsSetWithItsMappingAndASecretFromAFile() throws Exception {
        server.answer("GET /modules/hello", 200, Jobs.HELLO).answer("PUT /hooks/deploy", 200, DEPLOY);
        Pawl.Outcome set = pawl.run(("hook set deploy --scheme github --secret @" + secret()
                        + " --only header:X-GitHub-Event=push --only /ref=refs/heads/main --missing omit --remember 3d"
                        + " --delivery-id /after --role admin --callback-source ci hello -i count=2"
                        + " -m name=/repository/name -m all=")
                .split(" ", -1));
        assertEquals(0, set.code(), set.err());
        assertEquals(List.of("Set deploy. Its address is /hooks/deploy."), set.lines());
        assertEquals(
                JsonTrees.parse("{\"scheme\":\"github\",\"secret\":\"s3cret\",\"job\":{\"module_id\":\"hello\","
                        + "\"inputs\":{\"count\":2}},\"missing\":\"omit\",\"delivery_id\":\"/after\",\"unique_for\":\"3d\","
                        + "\"callback_source\":\"ci\",\"role\":\"admin\","
                        + "\"mapping\":{\"name\":\"/repository/name\",\"all\":\"\"},"
                        + "\"filters\":[{\"value\":\"header:X-GitHub-Event\",\"equals\":\"push\"},"
                        + "{\"value\":\"/ref\",\"equals\":\"refs/heads/main\"}]}"),
                sent());
    }

    @Test
    void aSecretIsKeptOrReferredToOrAskedForByNoScheme() throws Exception {
        server.answer("GET /modules/hello", 200, Jobs.HELLO).answer("PUT /hooks/deploy", 200, DEPLOY);
        assertEquals(
                0,
                pawl.run("hook set deploy --scheme gitlab --keep-secret hello".split(" ", -1))
                        .code());
        assertEquals("********", sent().get("secret").asText());
        assertEquals(
                0,
                pawl.run("hook", "set", "deploy", "--scheme", "gitlab", "--secret", "${secret:x}", "hello")
                        .code());
        assertEquals("${secret:x}", sent().get("secret").asText());
        assertEquals(
                0,
                pawl.run("hook set deploy --scheme none --paused hello".split(" ", -1))
                        .code());
        assertFalse(sent().has("secret"));
        assertTrue(sent().get("paused").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook",
                "hook set",
                "hook set deploy hello",
                "hook set deploy --scheme github --secret plain hello",
                "hook set deploy --scheme github --secret @/nothing/there hello",
                "hook set deploy --scheme github --keep-secret --secret @x hello",
                "hook set deploy --scheme none --remember soon hello",
                "hook set deploy --scheme none --map name hello",
                "hook set deploy --scheme none",
                "hook show",
                "hook deliveries deploy -n 0",
                "hook test deploy --header none",
                "callbacks",
                "callbacks list -n 1001",
                "callbacks show"
            })
    void wrongUsageAsksNoServer(String line) {
        Pawl.Outcome refused = pawl.run(line.split(" ", -1));
        assertEquals(2, refused.code(), refused.out());
        assertFalse(refused.err().isEmpty());
        assertFalse(refused.err().contains("plain"), "a secret that was typed is not repeated");
        assertEquals(List.of(), server.requests());
    }

    @Test
    void theListFitsATerminalAndShowsWhatTheLastCallCameTo() {
        String other = DEPLOY.replace("\"deploy\"", "\"a-very-long-name-of-a-hook-that-somebody-gave-it-once\"")
                .replace("\"paused\":false", "\"paused\":true");
        server.answer(
                "GET /hooks",
                200,
                "{\"hooks\":[" + DEPLOY + "," + other + "],\"next_cursor\":\"deploy\",\"limit\":100}");
        Pawl.Outcome list = pawl.run("hook", "list");
        assertTrue(list.lines().stream().allMatch(line -> line.length() <= 80), list.out());
        assertTrue(list.out().contains("refused") && list.out().contains("paused"), list.out());
        assertTrue(list.err().contains("--cursor deploy") || list.out().contains("--cursor deploy"), list.err());
    }

    @Test
    void aHookIsShownInFullAndItsCallsWithTheirReasons() {
        server.answer("GET /hooks/deploy", 200, DEPLOY)
                .answer(
                        "GET /hooks/deploy/deliveries",
                        200,
                        "{\"deliveries\":[{\"n\":8,\"at\":\"2026-02-27T02:00:00.004+00:00\",\"delivery_id\":\"72d3\","
                                + "\"outcome\":\"started\",\"job_id\":\"3f2a91c4-0000-4000-8000-000000000001\",\"detail\":\"\"}],"
                                + "\"next_before\":8,\"limit\":1}");
        Pawl.Outcome show = pawl.run("hook", "show", "deploy");
        assertTrue(
                show.out().contains("/hooks/deploy") && show.out().contains("X-Hub-Signature-256 is missing"),
                show.out());
        Pawl.Outcome calls = pawl.run("hook", "deliveries", "deploy", "-n", "1");
        assertTrue(calls.out().contains("started") && calls.out().contains("3f2a91c4"), calls.out());
        assertTrue((calls.err() + calls.out()).contains("--before 8"), calls.err());
    }

    @Test
    void aTestShowsTheJobAndEndsWithOneWhenThereWouldBeNone() throws Exception {
        server.answer(
                "POST /hooks/deploy/preview",
                200,
                "{\"outcome\":\"started\",\"delivery_id\":null,\"job\":{\"module_id\":\"hello\",\"inputs\":{\"name\":\"x\"},"
                        + "\"job_title\":\"hello\"},\"detail\":\"\"}");
        Path body = Files.writeString(folder.resolve("payload.json"), "{\"repository\": {\"name\": \"x\"}}");
        Pawl.Outcome test =
                pawl.run("hook", "test", "deploy", "--body", body.toString(), "--header", "X-GitHub-Event=push");
        assertEquals(0, test.code(), test.err());
        assertTrue(test.out().contains("started") && test.out().contains("{\"name\":\"x\"}"), test.out());
        assertEquals(
                JsonTrees.parse("{\"headers\":{\"X-GitHub-Event\":\"push\"},\"query\":{},"
                        + "\"body\":\"{\\\"repository\\\": {\\\"name\\\": \\\"x\\\"}}\"}"),
                JsonTrees.parse(server.last("POST", "/hooks/deploy/preview").body()));
        server.answer(
                "POST /hooks/deploy/preview",
                200,
                "{\"outcome\":\"filtered\",\"delivery_id\":null,\"detail\":\"The filter on \\\"/ref\\\" does not hold.\"}");
        Pawl.Outcome filtered = pawl.run("hook", "test", "deploy");
        assertEquals(1, filtered.code());
        assertTrue(filtered.out().contains("does not hold"), filtered.out());
    }

    @Test
    void callbacksAreListedShownAndRemoved() {
        String callback =
                "{\"id\":\"1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b\",\"callback_id\":\"order-7\",\"source\":\"renderer\","
                        + "\"status\":\"done\",\"payload\":{\"frames\":240},\"received_at\":\"2026-02-27T02:00:00.004+00:00\"}";
        server.answer("GET /callbacks", 200, "{\"callbacks\":[" + callback + "],\"next_cursor\":\"7\",\"limit\":20}")
                .answer("GET /callbacks/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b", 200, callback)
                .answer(
                        "DELETE /callbacks/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b",
                        200,
                        "{\"status\":\"deleted\",\"id\":\"1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b\"}");
        Pawl.Outcome list = pawl.run("callbacks", "list", "--source", "renderer");
        assertTrue(list.out().contains("renderer") && list.out().contains("order-7"), list.out());
        assertTrue((list.err() + list.out()).contains("--cursor 7"), list.err());
        assertTrue(pawl.run("callbacks", "show", "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b")
                .out()
                .contains("{\"frames\":240}"));
        assertEquals(
                List.of("Removed 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b."),
                pawl.run("callbacks", "rm", "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b")
                        .lines());
    }
}
