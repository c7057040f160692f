package dev.pawl.it.authors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that use a library of Maven Central, by one dependency in the project that `pawl module new` makes. */
@Tag("nightly")
class LibrariesFromCentralIT {

    @TempDir
    static Path folder;

    private static LocalRepository repository;
    private static Server server;

    @BeforeAll
    static void begin() throws Exception {
        repository = LocalRepository.in(folder.resolve("repository"));
        server = Server.start(folder.resolve("data"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                jsoup    | org.jsoup:jsoup:1.21.2                    | org.jsoup.Jsoup.parse("<title>well</title>").title()
                pdfbox   | org.apache.pdfbox:pdfbox:3.0.5            | new org.apache.pdfbox.pdmodel.PDDocument().getNumberOfPages() == 0 ? "well" : "bad"
                poi      | org.apache.poi:poi-ooxml:5.4.1            | new org.apache.poi.xssf.usermodel.XSSFWorkbook().createSheet("well").getSheetName()
                okhttp   | com.squareup.okhttp3:okhttp:4.12.0        | new okhttp3.Request.Builder().url("http://well/").build().url().host()
                postgres | org.postgresql:postgresql:42.7.8          | java.sql.DriverManager.getDriver("jdbc:postgresql://localhost/x") != null ? "well" : "bad"
                kotlin   | org.jetbrains.kotlin:kotlin-stdlib:2.2.20 | kotlin.collections.CollectionsKt.listOf("well").get(0)
                zstd     | com.github.luben:zstd-jni:1.5.7-28        | new String(com.github.luben.zstd.Zstd.decompress(com.github.luben.zstd.Zstd.compress("well".getBytes()), 4))
                services | org.eclipse.parsson:parsson:1.1.7         | jakarta.json.Json.createValue("well").getString()
                jpms     | io.avaje:avaje-config:4.1                 | io.avaje.config.Config.get("none.such", "well")
                slf4j    | com.zaxxer:HikariCP:7.0.2                 | new com.zaxxer.hikari.HikariConfig().getPoolName() == null ? "well" : "bad"
                """)
    void oneDependencyIsEnough(String name, String library, String expression) throws Exception {
        AuthorProject project = AuthorProject.make(folder, repository, name, "--inputs", "");
        String[] parts = library.split(":", -1);
        project.replace("pom.xml", "</project>", """
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted((Object[]) parts));
        String className = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Module";
        project.replace(
                "src/main/java/com/example/" + name + "/" + className + ".java",
                "task.emit(Map.of(\"step\", step));",
                "task.emit(Map.of(\"said\", " + expression + "));");
        project.mvnOnline("package", "-DskipTests").succeeded();
        try (JarFile jar = new JarFile(project.jar().toFile())) {
            assertFalse(jar.stream().anyMatch(entry -> entry.getName().contains("slf4j-api")));
        }

        Api api = server.api();
        api.upload(project.jar(), "").expect(200);
        String id = api.start(name, Map.of());
        JsonNode job = api.awaitEnd(id);
        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals("well", api.results(id).get(0).get("said").asText());
    }
}
