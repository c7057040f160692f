package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Folders, zips and tarballs that become modules: installed, updated, rolled back and removed as bundles are. */
@NeedsProgram({"python3", "setsid"})
class FolderModulesIT extends ProcessCase {

    @Test
    void aVersionIsUpdatedRolledBackDisabledAndRemovedAsAnyOther() throws IOException {
        install(FolderModule.older(folder, "hello-world", ProcessModulesIT.HELLO));
        assertEquals(
                "process",
                api.get("/modules/hello-world").expect(200).get("isolation").asText());
        assertEquals(
                "unchanged",
                install(folder.resolve("hello-world")).get("change").asText());
        install(FolderModule.python(
                folder, "hello-world", "1.1.0", "", ProcessModulesIT.HELLO.replace("World!", "Moon!")));
        String job = api.start("hello-world", Map.of("to", 1));
        assertEquals("completed ", ended(job));
        assertEquals("Hello, Moon!", api.results(job).get(0).get("greeting").asText());
        api.post("/modules/hello-world/rollback", Map.of()).expect(200);
        String earlier = api.start("hello-world", Map.of("to", 1));
        assertEquals("completed ", ended(earlier));
        assertEquals(
                "Hello, World!", api.results(earlier).get(0).get("greeting").asText());
        api.post("/modules/hello-world/disable", Map.of()).expect(200);
        assertEquals(
                "disabled",
                api.get("/modules/hello-world").expect(200).get("state").asText());
        api.post("/modules/hello-world/enable", Map.of()).expect(200);
        api.delete("/modules/hello-world").expect(200);
        api.get("/modules/hello-world").expect(404);
    }

    @Test
    void aZipWithOneFolderIsUploaded() throws IOException {
        Path module = FolderModule.older(folder, "hello-world", ProcessModulesIT.HELLO);
        Path zip = folder.resolve("hello.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : List.of("module.json", "main.py")) {
                entries.putNextEntry(new ZipEntry("hello-main/" + name));
                entries.write(Files.readAllBytes(module.resolve(name)));
            }
        }
        api.send("POST", "/modules", "application/zip", BodyPublishers.ofFile(zip))
                .expect(200);
        assertEquals("completed ", ended(api.start("hello-world", Map.of("to", 1))));
    }

    @Test
    @NeedsProgram("tar")
    void aTarballIsUploaded() throws IOException, InterruptedException {
        Path module = FolderModule.older(folder, "hello-world", ProcessModulesIT.HELLO);
        Path tarball = folder.resolve("hello.tar.gz");
        new ProcessBuilder(
                        "tar",
                        "-czf",
                        tarball.toString(),
                        "-C",
                        folder.toString(),
                        module.getFileName().toString())
                .start()
                .waitFor();
        api.send("POST", "/modules", "application/gzip", BodyPublishers.ofFile(tarball))
                .expect(200);
        assertEquals("completed ", ended(api.start("hello-world", Map.of("to", 1))));
    }

    @Test
    void aManifestThatWillNotDoIsRefusedByItsField() throws IOException {
        Path module = FolderModule.older(folder, "hello-world", ProcessModulesIT.HELLO);
        Files.writeString(module.resolve("module.json"), "{\"id\": \"hello-world\", \"name\": \"x\"}");
        JsonNode refusal = api.post("/modules/install", Map.of("source_path", module.toString()))
                .expect(400);
        assertEquals("PAWL-210", refusal.get("code").asText());
        assertTrue(refusal.get("detail").asText().contains("its version is missing"), refusal.toString());
    }

    @Test
    void aFolderDroppedIntoTheModulesFolderIsInstalledUpdatedAndRemoved() throws IOException {
        Path modules = folder.resolve("data/modules");
        FolderModule.older(modules, "hello-world", ProcessModulesIT.HELLO);
        Eventually.eventually(
                "it is there",
                Duration.ofMinutes(3),
                () -> api.get("/modules/hello-world").status() == 200);
        assertEquals("completed ", ended(api.start("hello-world", Map.of("to", 1))));
        FolderModule.python(modules, "hello-world", "1.1.0", "", ProcessModulesIT.HELLO);
        Eventually.eventually("it is updated", Duration.ofMinutes(3), () -> api.get("/modules/hello-world")
                .expect(200)
                .get("version")
                .asText()
                .equals("1.1.0"));
        FileTree.delete(modules.resolve("hello-world"));
        Eventually.eventually(
                "it is gone",
                Duration.ofMinutes(3),
                () -> api.get("/modules/hello-world").status() == 404);
    }

    @Test
    void theEnvironmentOfADroppedFolderIsThereBeforeItsFirstJob() throws IOException {
        Path modules = folder.resolve("data/modules");
        FolderModule.packaged(modules);
        JsonNode failed =
                api.post("/modules/reload", Map.of()).expect(200).get("failed").path(0);
        assertTrue(failed.toString().contains("PAWL_PIP is offline"), failed.toString());
        api.get("/modules/packaged").expect(404);
        FolderModule.addWheel(modules.resolve("packaged"));
        Eventually.eventually(
                "it is there",
                Duration.ofMinutes(3),
                () -> api.get("/modules/packaged").status() == 200);
        try (Stream<Path> environments = Files.list(folder.resolve("data/environments"))) {
            assertTrue(environments.anyMatch(one -> Files.exists(one.resolve("complete"))), "no environment");
        }
        server.awaitSaid(Duration.ofSeconds(10), "pip: Successfully installed answer-1.0");
    }
}
