package dev.pawl.it.authors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.docs.PageBlock;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to a job of one's own, as docs/writing-a-module.md says it to a new user. */
class NewModuleIT {

    private static final String SOURCES = "src/main/java/com/example/wordcount/WordCountModule.java";
    private static final String TESTS = "src/test/java/com/example/wordcount/WordCountModuleTest.java";
    private static final String[] INPUTS = {"--inputs", "files:list!, strict:boolean=true"};

    @TempDir
    static Path folder;

    private static LocalRepository repository;

    @BeforeAll
    static void begin() throws Exception {
        repository = LocalRepository.in(folder.resolve("repository"));
    }

    @Test
    void aNewProjectBuildsAtOnceAndItsModuleRunsAJob() throws Exception {
        Path place = Files.createDirectory(folder.resolve("a new place"));
        AuthorProject project = AuthorProject.make(place, repository, "word-count", INPUTS);
        assertTrue(project.read("pom.xml").lines().count() <= 14, project.read("pom.xml"));

        String built = project.mvn("verify").succeeded().text();
        assertTrue(built.contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0"), built);
        assertFalse(built.contains("WARN"), built);

        project.write(SOURCES, PageBlock.of("docs/writing-a-module.md", "java", "public final class WordCountModule"));
        project.write(TESTS, PageBlock.of("docs/writing-a-module.md", "java", "class WordCountModuleTest"));
        built = project.mvn("verify").succeeded().text();
        assertTrue(built.contains("Tests run: 7, Failures: 0, Errors: 0, Skipped: 0"), built);

        String described = project.pawl("module", "describe", project.jar().toString())
                .succeeded()
                .text();
        assertTrue(described.contains("com.example.word-count"), described);
        assertTrue(described.contains("files   json     yes"), described);
        assertTrue(
                described.contains("strict  boolean            true     Whether a missing file ends the job."),
                described);

        Path text = Files.writeString(place.resolve("text"), "one two three");
        try (Server server = Server.start(place.resolve("data"))) {
            Api api = server.api();
            api.upload(project.jar(), "").expect(200);
            String id = api.start("word-count", Map.of("files", List.of(text.toString())));
            JsonNode job = api.awaitEnd(id);
            assertEquals("completed", job.get("status").asText(), job.toString());
            assertEquals(3, api.results(id).get(0).get("words").asInt());
        }
    }

    @Test
    void theMistakesMadeMostOftenFailTheBuildWithWhatToWrite() throws Exception {
        AuthorProject project = AuthorProject.make(folder, repository, "mistaken");
        String source = "src/main/java/com/example/mistaken/MistakenModule.java";
        String sound = project.read(source);

        project.replace(source, "@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)\n", "");
        assertFails(project, "MistakenModule has @AutomationModule and is no component");

        project.write(source, sound.replace(", scope = ServiceScope.PROTOTYPE", ""));
        assertFails(project, "Write `@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)`.");

        project.write(
                source,
                sound.replace("step++) {", "step++) {\n            new com.fasterxml.jackson.core.JsonFactory();"));
        project.replace("pom.xml", "</project>", """
                  <dependencies>
                    <dependency>
                      <groupId>com.fasterxml.jackson.core</groupId>
                      <artifactId>jackson-core</artifactId>
                      <version>%s</version>
                      <scope>provided</scope>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(System.getProperty("pawl.jackson")));
        assertFails(project, "Remove `<scope>provided</scope>` from that <dependency>");
        project.replace("pom.xml", "<scope>provided</scope>", "");
        project.mvn("process-classes").succeeded();
    }

    private static void assertFails(AuthorProject project, String message) throws Exception {
        AuthorProject.Said said = project.mvn("process-classes");
        assertEquals(1, said.code(), said.text());
        assertTrue(said.text().contains(message), said.text());
    }
}
