package dev.pawl.it.authors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module in Kotlin, whose compiler comes from Maven Central. */
@Tag("nightly")
class KotlinModuleIT {

    @TempDir
    static Path folder;

    @Test
    void aNewProjectInKotlinBuildsAtOnceAndItsModuleRunsAJob() throws Exception {
        LocalRepository repository = LocalRepository.in(folder.resolve("repository"));
        AuthorProject project = AuthorProject.make(
                folder,
                repository,
                "greeter",
                "--kotlin",
                "--inputs",
                "name:text!, count:integer=3, pause:duration=1ms, tags:list, deep:boolean, more:json, token:secret");

        String built = project.mvnOnline("verify").succeeded().text();
        assertTrue(built.contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0"), built);

        List<String> left = ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(repository.folder().toString()))
                .toList();
        assertEquals(List.of(), left, "the compiler stays");

        String described = project.pawl("module", "describe", project.jar().toString())
                .succeeded()
                .text();
        assertTrue(described.contains("lib/kotlin-stdlib-"), described);
        assertTrue(described.contains("name   text     yes"), described);
        assertTrue(described.contains("token  secret"), described);

        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            api.upload(project.jar(), "").expect(200);
            String id = api.start("greeter", Map.of("name", "Ada", "count", 2));
            JsonNode job = api.awaitEnd(id);
            assertEquals("completed", job.get("status").asText(), job.toString());
            assertEquals("Ada", api.results(id).get(1).get("name").asText());
            assertEquals(2, api.results(id).get(1).get("step").asInt());
        }

        project.replace(
                "src/main/kotlin/com/example/greeter/GreeterModule.kt",
                "val steps = inputs.count",
                "val steps = nowhere");
        String failed = project.mvnOnline("process-classes").text();
        assertTrue(failed.contains("nowhere"), failed);
    }
}
