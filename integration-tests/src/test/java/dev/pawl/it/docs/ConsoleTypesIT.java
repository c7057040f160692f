package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the types that the console's modules state in their comments. The build does without Node; this needs it. */
@NeedsProgram("npm")
class ConsoleTypesIT {

    private static final String SETTINGS = """
            {"compilerOptions": {"allowJs": true, "checkJs": true, "noEmit": true, "target": "ESNext", "module": "ESNext", "moduleResolution": "bundler",
              "lib": ["ESNext", "DOM", "DOM.Iterable", "DOM.AsyncIterable"], "strict": true, "skipLibCheck": true, "types": []}, "include": ["*/*.js", "app.js"]}
            """;

    private static final List<String> LIT = List.of(
            "lit-html",
            "directive",
            "directive-helpers",
            "async-directive",
            "directives/live",
            "directives/ref",
            "directives/repeat");

    @Test
    void everyModuleOfTheConsoleHasTheTypesThatItStates() throws Exception {
        NodeTools tools = NodeTools.in(Path.of("target/node-console").toAbsolutePath());
        Path sources = Path.of("../console-bundle/src/main/console");
        Path copy = tools.folder().resolve("console");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                write(copy.resolve(sources.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        for (String name : LIT) {
            // Beside the declarations the code itself would be checked too.
            write(copy.resolve("lib/lit-html/" + name + ".d.ts"), ofLit(name + ".d.ts"));
        }
        write(copy.resolve("tsconfig.json"), SETTINGS.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        tools.run("tsc", "-p", copy.toString());
        assertTrue(Files.exists(copy.resolve("app.js")));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] ofLit(String name) throws IOException {
        String resource = "/META-INF/resources/webjars/lit-html/" + System.getProperty("pawl.lit") + "/" + name;
        try (InputStream in = ConsoleTypesIT.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
