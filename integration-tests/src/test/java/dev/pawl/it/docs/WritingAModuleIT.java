package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module of docs/writing-a-module.md compiles unchanged, and behaves in a server as the page says. */
class WritingAModuleIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final String PAGE = "docs/writing-a-module.md";
    private static final String NAME = "com.example.wordcount.WordCountModule";

    @TempDir
    Path folder;

    @Test
    void theCompleteModuleOfTheDocumentationRuns() throws Exception {
        Path jar = jar(PageBlock.of(PAGE, "java", "public final class WordCountModule"));
        Path text = Files.writeString(folder.resolve("text"), "one two three");
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            api.upload(jar, "").expect(200);
            String id = api.start("word-count", Map.of("files", List.of(text.toString())));
            JsonNode job = api.awaitEnd(id);
            assertEquals("completed", job.get("status").asText(), job.toString());
            assertEquals(3, api.results(id).get(0).get("words").asInt());

            JsonNode failed =
                    api.awaitEnd(api.start("word-count", Map.of("files", List.of(folder.resolve("no") + ""))));
            assertTrue(failed.get("error").asText().contains("does not exist"), failed.toString());
        }
    }

    @Test
    void theParentOfModulesUsesTheVersionsOfThisBuild() throws Exception {
        String parent = Files.readString(ROOT.resolve("pawl-module-parent/pom.xml"));
        String ours = Files.readString(ROOT.resolve("pom.xml"));
        for (String name : List.of(
                "bnd.version",
                "osgi.component.version",
                "slf4j.version",
                "junit.version",
                "surefire.version",
                "maven.compiler.release")) {
            assertEquals(property(name, ours), property(name, parent), name);
        }
        for (String plugin :
                List.of("clean", "resources", "install", "deploy", "site", "compiler", "dependency", "jar")) {
            String artifact = "maven-" + plugin + "-plugin";
            assertEquals(versionOf(artifact, ours), versionOf(artifact, parent), artifact);
        }
        assertEquals(versionOf("pawl", ours), versionOf("pawl-module-parent", parent));
        assertEquals(versionOf("pawl", ours), property("pawl.version", parent));
    }

    @Test
    void eachMistakeOfThePageIsTestedWithItsMessage() throws Exception {
        StringBuilder tests = new StringBuilder();
        for (String file : List.of(
                "module-verifier/src/test/java/dev/pawl/verifier/ModuleVerifierTest.java",
                "testkit/src/test/java/dev/pawl/testkit/AuthorMistakesTest.java",
                "deploy-bundle/src/test/java/dev/pawl/deploy/HiddenPackagesTest.java",
                "deploy-bundle/src/test/java/dev/pawl/deploy/HangingBundleTest.java",
                "deploy-bundle/src/test/java/dev/pawl/deploy/ThirdPartyBundleTest.java")) {
            tests.append(Files.readString(ROOT.resolve(file)));
        }
        String page = Files.readString(ROOT.resolve(PAGE));
        List<String> messages = Pattern.compile("\\| (?:build|install|run) \\| `(.+?)` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .toList();
        assertTrue(messages.size() >= 24, messages::toString);
        messages.forEach(message -> assertTrue(tests.indexOf(message) >= 0, () -> "no test of: " + message));
    }

    private static String versionOf(String artifact, String pom) {
        return first(
                "<artifactId>" + Pattern.quote(artifact) + "</artifactId>\\s*<version>([^<]+)</version>",
                artifact,
                pom);
    }

    private static String property(String name, String pom) {
        return first("<" + Pattern.quote(name) + ">([^<]+)<", name, pom);
    }

    private static String first(String pattern, String what, String pom) {
        Matcher matcher = Pattern.compile(pattern).matcher(pom);
        assertTrue(matcher.find(), () -> "no version of " + what);
        return matcher.group(1);
    }

    private Path jar(String source) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path file = Files.writeString(sources.resolve("WordCountModule.java"), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int outcome = compiler.run(
                null, null, null, "--release", "17", "-proc:none", "-d", classes.toString(), file.toString());
        assertEquals(0, outcome, "it does not compile");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            return ModuleJar.of(loader.loadClass(NAME), "1.0.0", folder);
        }
    }
}
