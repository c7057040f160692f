package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that the server fetches from git repositories and by modules.yaml. */
@NeedsProgram({"git", "setsid"})
class FetchedModulesIT {

    @TempDir
    Path folder;

    private Path repository;
    private Server server;
    private Api api;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        repository = Files.createDirectories(folder.resolve("repositories/modules"));
        git("init", "--quiet", "--initial-branch=main");
        FolderModule.shell(repository, "one", "pawl-task emit '{\"n\": 1}'\n");
        FolderModule.shell(repository, "two", "pawl-task emit '{\"n\": 2}'\n");
        // Neither may run on the server: a hook beside the sources, and a filter that the repository asks for.
        Path hook = Files.writeString(
                Files.createDirectories(repository.resolve(".git/hooks")).resolve("post-checkout"),
                "#!/bin/sh\ntouch " + folder.resolve("hooked") + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(repository.resolve("one/.gitattributes"), "*.sh filter=evil\n");
        git("add", ".");
        git("commit", "--quiet", "-m", "One and two");
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_MODULE_FOLDERS", folder.resolve("repositories").toString()));
        api = server.api();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertFalse(Files.exists(folder.resolve("hooked")), "a hook ran");
        try (var left = Files.list(folder.resolve("data/tmp/sources"))) {
            assertEquals(List.of(), left.toList(), "temporary files");
        }
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                repository.toString(),
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    private String address() {
        return "file://" + repository;
    }

    private int result(String module) {
        String job = api.start(module, Map.of());
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        return api.results(job).get(0).get("n").asInt();
    }

    @Test
    void aModuleIsInstalledFromARepositoryAndUpdatedByARef() throws Exception {
        String commit = git("rev-parse", "HEAD");
        Map<String, String> body = Map.of("repo_url", address(), "module_name", "one");
        JsonNode forecast = api.post("/modules/install-git?dry_run=true", body).expect(200);
        assertEquals("installed", forecast.get("change").asText());
        api.get("/modules/one").expect(404);
        JsonNode installed = api.post("/modules/install-git", body).expect(200);
        assertEquals("one", installed.get("id").asText());
        assertEquals("1.0.0", installed.get("version").asText());
        assertEquals(address() + "#" + commit + ":one", installed.get("source").asText());
        assertEquals(1, result("one"));

        git("checkout", "--quiet", "-b", "next");
        FolderModule.shell(repository, "one", "pawl-task emit '{\"n\": 11}'\n");
        git("commit", "--quiet", "-a", "-m", "Eleven");
        git("tag", "-a", "-m", "Tagged", "v2");
        git("checkout", "--quiet", "main");
        assertEquals(
                "unchanged",
                api.post("/modules/install-git", body).expect(200).get("change").asText());
        JsonNode tagged = api.post("/modules/install-git", Map.of("repo_url", address(), "path", "one", "ref", "v2"))
                .expect(200);
        assertTrue(tagged.get("source").asText().contains(git("rev-parse", "v2^{commit}")), tagged.toString());
        assertEquals(11, result("one"));
        api.post("/modules/install-git", Map.of("repo_url", address(), "path", "one", "ref", commit))
                .expect(200);
        assertEquals(1, result("one"));
    }

    @Test
    void whatCannotBeFetchedIsRefusedInASentence() {
        assertRefused(403, "PAWL_MODULE_HOSTS", Map.of("repo_url", "https://git.example.com/x"));
        assertRefused(403, "PAWL_MODULE_FOLDERS", Map.of("repo_url", "file:///etc"));
        assertRefused(400, "address", Map.of("repo_url", "ext::sh -c id"));
        assertRefused(400, "ref is", Map.of("repo_url", address(), "ref", "--upload-pack=id"));
        assertRefused(400, "folder in the repository", Map.of("repo_url", address(), "path", "../one"));
        assertRefused(502, "git could not", Map.of("repo_url", address(), "ref", "nowhere"));
        assertRefused(502, "git could not", Map.of("repo_url", address(), "module_name", "three"));
        assertRefused(400, "module.json", Map.of("repo_url", address()));
    }

    private void assertRefused(int status, String sentence, Map<String, String> body) {
        JsonNode refusal = api.post("/modules/install-git", body).expect(status);
        assertTrue(refusal.get("detail").asText().contains(sentence), refusal.toString());
    }

    @Test
    void aListOfSourcesIsAppliedModuleByModule() throws Exception {
        String commit = git("rev-parse", "HEAD");
        Path other = FolderModule.shell(folder, "other", "pawl-task emit '{\"n\": 3}'\n");
        Path list = folder.resolve("data/modules.yaml");
        Files.writeString(list, """
                module_sources:
                  - repo: %1$s
                    modules: [one, two, three]
                  - folder: %2$s
                  - repo: https://git.example.com/x
                """.formatted(address(), other));
        JsonNode forecast = api.post("/modules/sync?dry_run=true", Map.of()).expect(200);
        assertEquals(3, forecast.get("installed").size(), forecast.toString());
        api.get("/modules/one").expect(404);
        JsonNode report = api.post("/modules/sync", Map.of()).expect(200);
        assertEquals(3, report.get("installed").size(), report.toString());
        assertEquals("one", report.get("installed").get(0).get("id").asText());
        assertEquals(address(), report.get("installed").get(0).get("source").asText());
        assertEquals("one", report.get("installed").get(0).get("module_path").asText());
        assertEquals(commit, report.get("installed").get(0).get("commit").asText());
        assertEquals(2, report.get("failed").size(), report.toString());
        assertEquals("three", report.get("failed").get(0).get("module").asText());
        assertEquals("(root)", report.get("failed").get(1).get("module").asText());
        assertEquals(2, result("two"));
        assertEquals(3, result("other"));

        JsonNode again = api.post("/modules/sync", Map.of()).expect(200);
        assertEquals(0, again.get("installed").size(), again.toString());
        assertEquals(3, again.get("skipped").size(), again.toString());

        FolderModule.shell(repository, "one", "pawl-task emit '{\"n\": 12}'\n");
        git("commit", "--quiet", "-a", "-m", "Twelve");
        Files.writeString(
                list,
                "module_sources: [{repo: \"%s\", ref: main, commit: %s, modules: [one]}]".formatted(address(), commit));
        JsonNode pinned = api.post("/modules/sync", Map.of()).expect(200);
        assertTrue(pinned.get("failed").get(0).get("error").asText().contains("modules.yaml pins"), pinned.toString());
        Files.writeString(
                list, "module_sources: [{repo: \"%s\", commit: %s, modules: [one]}]".formatted(address(), commit));
        assertEquals(
                1,
                api.post("/modules/sync", Map.of()).expect(200).get("skipped").size());
        assertEquals(1, result("one"));
    }
}
