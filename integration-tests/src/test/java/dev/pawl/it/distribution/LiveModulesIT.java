package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.greedy.GreedyModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules written outside the product are installed, updated and removed while the server runs. */
class LiveModulesIT {

    @TempDir
    Path folder;

    private Path data;
    private Server server;
    private Api api;

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        server = Server.start(data);
        api = server.api();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void anUploadedModuleRunsJobsAtOnceAndIsThereAfterARestart() {
        JsonNode installed =
                api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        assertEquals("steps", installed.get("id").asText(), installed.toString());
        assertEquals("1.0.0", installed.get("version").asText());
        assertEquals(List.of(1, 2, 3, 4), stepsOf(api, api.start("steps", Map.of("steps", 4))));

        assertEquals(0, server.terminate());
        try (Server again = Server.start(data)) {
            assertEquals(List.of(1, 2), stepsOf(again.api(), again.api().start("steps", Map.of("steps", 2))));
        }
    }

    @Test
    void anUpdateCarriesARunningJobOverToTheNewVersion() {
        api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        String id = api.start("steps", Map.of("steps", 100, "pause_ms", 20));
        Eventually.eventually("some steps", () -> api.results(id).size() >= 10);

        api.upload(ModuleJar.of(StepsModule.class, "1.1.0", folder), "").expect(200);

        assertEquals("completed", api.awaitEnd(id).get("status").asText());
        List<JsonNode> results = api.results(id);
        assertEquals(
                IntStream.rangeClosed(1, 100).boxed().toList(),
                results.stream().map(row -> row.get("step").asInt()).toList());
        assertEquals("1.0.0", results.get(0).get("version").asText());
        assertEquals("1.1.0", results.get(99).get("version").asText());
    }

    @Test
    void aDisabledModuleParksItsJobsAndTheyGoOnWhenItIsBack() {
        api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        String id = api.start("steps", Map.of("steps", 60, "pause_ms", 20));
        Eventually.eventually("some steps", () -> api.results(id).size() >= 5);

        api.post("/modules/steps/disable", Map.of()).expect(200);
        Eventually.eventually("parked", () -> api.status(id).equals("pending"));
        JsonNode why = api.get("/jobs/" + id + "/why").expect(200);
        assertEquals("module_disabled", why.get("code").asText(), why.toString());

        api.post("/modules/steps/enable", Map.of()).expect(200);
        assertEquals("completed", api.awaitEnd(id).get("status").asText());
        assertEquals(IntStream.rangeClosed(1, 60).boxed().toList(), stepsOf(api, id));
    }

    @Test
    void aJarWithAnImportThatNobodyOffersIsRefusedByNameAndNothingChanges() {
        Path jar = ModuleJar.of(
                GreedyModule.class, "1.0.0", folder, Map.of("Import-Package", "com.example.absent;version='[1,2)',*"));
        JsonNode before = api.get("/modules").expect(200);
        Api.Answer refused = api.upload(jar, "");
        assertEquals(422, refused.status(), refused.body().toString());
        assertEquals("PAWL-203", refused.body().get("code").asText());
        assertTrue(refused.body().get("detail").asText().contains("com.example.absent"), refused.toString());
        assertEquals(before, api.get("/modules").expect(200));
    }

    @Test
    void aModuleAndTheServerSeeNothingOfEachOthersLibraries() {
        String json = "com.fasterxml.jackson.core";
        Path needy = ModuleJar.of(StepsModule.class, "1.0.0", folder, Map.of("Import-Package", "*," + json));
        JsonNode refused = api.upload(needy, "").expect(422);
        assertEquals("PAWL-203", refused.get("code").asText(), refused.toString());
        String detail = refused.get("detail").asText();
        assertTrue(detail.contains("missing: package " + json + " (the server has one of its own"), detail);
        assertTrue(detail.contains("A module brings its libraries"), detail);

        Map<String, String> exporting = Map.of(
                "-includeresource",
                json.replace('.', '/') + "/own.txt;literal='own'",
                "-exportcontents",
                json + ";version=2.99",
                "Import-Package",
                "*,org.slf4j;version='[1.7,2)'");
        api.upload(ModuleJar.of(StepsModule.class, "1.1.0", folder, exporting), "")
                .expect(200);
        server.terminate();
        server = Server.start(data);
        api = server.api();

        assertEquals(List.of(1, 2), stepsOf(api, api.start("steps", Map.of("steps", 2))));
        JsonNode update =
                api.upload(ModuleJar.of(StepsModule.class, "1.2.0", folder), "").expect(200);
        assertEquals(0, update.at("/impact/touched").size(), update.toString());
    }

    @Test
    void whatIsNoBundleIsRefusedWithAReason() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "this is not a jar");
        Api.Answer refused = api.upload(text, "");
        assertEquals("PAWL-201", refused.body().get("code").asText(), refused.toString());
        assertEquals(400, refused.status());
    }

    @Test
    void jarsInTheModulesFolderComeChangeAndGo() throws IOException {
        Path dropped = data.resolve("modules/steps.jar");
        Files.createDirectories(dropped.getParent());
        Files.copy(ModuleJar.of(StepsModule.class, "1.0.0", folder), dropped);
        Eventually.eventually("version 1.0.0", () -> version("steps").equals("1.0.0"));

        Path next = Files.copy(ModuleJar.of(StepsModule.class, "1.1.0", folder), data.resolve("modules/next.part"));
        Files.move(next, dropped, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Eventually.eventually("version 1.1.0", () -> version("steps").equals("1.1.0"));

        Files.delete(dropped);
        Eventually.eventually("gone", () -> api.get("/modules/steps").status() == 404);
    }

    @Test
    @Tag("sqlite")
    void aModuleWhoseJarIsLostIsNamedWithTheRemedyAndGoesOnWhenItIsInstalledAgain() throws IOException {
        Path jar = ModuleJar.of(StepsModule.class, "1.0.0", folder);
        String sha256 = api.upload(jar, "").expect(200).get("sha256").asText();
        String id = api.start("steps", Map.of("steps", 60, "pause_ms", 20));
        Eventually.eventually("some steps", () -> api.results(id).size() >= 5);
        server.terminate();
        Files.delete(data.resolve("artifacts/" + sha256 + ".jar"));
        FileTree.delete(data.resolve("cache"));
        server = Server.start(data);
        api = server.api();

        String log = Files.readString(data.resolve("logs/pawl.log"));
        assertTrue(
                log.contains("its modules (steps) are not available. The artifact ")
                        && log.contains(sha256 + ".jar does not exist. Install the same jar again"),
                log);
        JsonNode why = api.get("/jobs/" + id + "/why").expect(200);
        assertEquals("module_missing", why.get("code").asText(), why.toString());
        assertEquals("ready", api.get("/modules/hello").expect(200).get("state").asText());
        assertEquals(
                "PAWL-209",
                api.post("/modules/steps/enable", Map.of())
                        .expect(409)
                        .get("code")
                        .asText());
        assertEquals("repaired", api.upload(jar, "").expect(200).get("change").asText());
        assertEquals(IntStream.rangeClosed(1, 60).boxed().toList(), stepsOf(api, id));
    }

    @Test
    void aBadJarInTheModulesFolderIsLoggedOnceAndEachReloadTellsOfIt() throws IOException {
        Path bad = Files.createDirectories(data.resolve("modules")).resolve("bad.jar");
        Files.writeString(bad, "no jar");
        for (int i = 0; i < 3; i++) {
            JsonNode report = api.post("/modules/reload", Map.of()).expect(200);
            assertEquals("bad.jar", report.at("/failed/0/file").asText(), report.toString());
        }
        Files.copy(ModuleJar.of(StepsModule.class, "1.0.0", folder), data.resolve("modules/steps.jar"));
        Eventually.eventually("version 1.0.0", () -> version("steps").equals("1.0.0"));

        long lines =
                server.said().lines().filter(line -> line.contains("bad.jar")).count();
        assertEquals(1, lines, server.said());
    }

    @Test
    void anUninstalledModuleLeavesItsJobsWaitingWithTheReason() {
        api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        String id = api.start("steps", Map.of("steps", 60, "pause_ms", 20));
        Eventually.eventually("some steps", () -> api.results(id).size() >= 5);
        int status = api.delete("/modules/steps").status();
        assertTrue(status == 200 || status == 204, "status " + status);
        Eventually.eventually("parked", () -> api.status(id).equals("pending"));
        assertEquals(
                "module_missing",
                api.get("/jobs/" + id + "/why").expect(200).get("code").asText());
        assertEquals(
                400,
                api.post("/jobs", Map.of("module_id", "steps", "inputs", Map.of("steps", 1)))
                        .status());
    }

    private String version(String module) {
        return api.get("/modules/" + module).body().path("version").asText();
    }

    private static List<Integer> stepsOf(Api api, String id) {
        api.awaitEnd(id);
        return api.results(id).stream().map(row -> row.get("step").asInt()).toList();
    }
}
