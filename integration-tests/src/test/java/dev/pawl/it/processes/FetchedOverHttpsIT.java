package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that the server fetches over HTTPS, from git itself behind a web server and as archives by their digest. */
@NeedsProgram({"git", "setsid"})
class FetchedOverHttpsIT {

    @TempDir
    Path folder;

    private static String git(Path repository, String line) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of(
                "git", "-C", repository.toString(), "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        words.addAll(List.of(line.split(" ", -1)));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    private static String zip(Path module, Path zip) throws Exception {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : List.of("module.json", "run.sh")) {
                entries.putNextEntry(new ZipEntry("archived-1.0/" + name));
                entries.write(Files.readAllBytes(module.resolve(name)));
            }
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
    }

    @Test
    void repositoriesAndArchivesAreInstalledEachOnItsOwn() throws Exception {
        Path served = Files.createDirectories(folder.resolve("served"));
        Path repository = Files.createDirectories(served.resolve("modules"));
        git(repository, "init --quiet --initial-branch=main");
        FolderModule.shell(repository, "cloned", "pawl-task emit '{\"n\": 1}'\n");
        git(repository, "add .");
        git(repository, "commit --quiet -m First");
        String first = git(repository, "rev-parse HEAD");
        String sha256 = zip(
                FolderModule.shell(folder, "archived", "pawl-task emit '{\"n\": 2}'\n"),
                served.resolve("archived.zip"));
        try (SourceServer sources = SourceServer.of(served, folder);
                Server server = Server.start(
                        folder.resolve("data"), Path.of(System.getProperty("java.home")), sources.settings())) {
            Api api = server.api();
            JsonNode installed = api.post(
                            "/modules/install-git",
                            Map.of("repo_url", sources.address("/git/modules/.git"), "module_name", "cloned"))
                    .expect(200);
            assertTrue(installed.get("source").asText().endsWith("#" + first + ":cloned"), installed.toString());

            FolderModule.shell(repository, "cloned", "pawl-task emit '{\"n\": 11}'\n");
            git(repository, "commit --quiet -a -m Second");
            String second = git(repository, "rev-parse HEAD");
            Files.writeString(folder.resolve("data/modules.yaml"), """
                    module_sources:
                      - {repo: "%1$s", commit: %2$s, modules: [cloned]}
                      - {url: "%3$s", sha256: %4$s}
                      - {url: "%3$s", sha256: %5$s}
                      - {url: "%6$s", sha256: %4$s}
                    """.formatted(
                            sources.address("/git/modules/.git"),
                            second,
                            sources.address("/files/archived.zip"),
                            sha256,
                            "0".repeat(64),
                            sources.address("/away/archived.zip")));
            JsonNode forecast = api.post("/modules/sync?dry_run=true", Map.of()).expect(200);
            assertEquals(2, forecast.get("installed").size(), forecast.toString());
            assertEquals(1, api.results(ended(api, "cloned")).get(0).get("n").asInt(), "the dry run changed something");
            api.get("/modules/archived").expect(404);

            JsonNode report = api.post("/modules/sync", Map.of()).expect(200);
            assertEquals(2, report.get("installed").size(), report.toString());
            assertEquals(2, report.get("failed").size(), report.toString());
            assertTrue(
                    report.get("failed").get(0).get("error").asText().contains("SHA-256 is " + sha256),
                    report::toString);
            assertTrue(
                    report.get("failed").get(1).get("error").asText().contains("elsewhere.example"), report::toString);
            assertEquals(11, api.results(ended(api, "cloned")).get(0).get("n").asInt());
            assertEquals(2, api.results(ended(api, "archived")).get(0).get("n").asInt());
            assertEquals(
                    sources.address("/files/archived.zip"),
                    api.get("/modules/archived").expect(200).get("path").asText());
        }
    }

    private static String ended(Api api, String module) {
        String job = api.start(module, Map.of());
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        return job;
    }
}
