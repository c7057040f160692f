package dev.pawl.it.authors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module's project that is a Java module: the API and the testkit are required by name, and no package is in two of their jars. */
class ModulePathIT {

    /** The jars of others that an author gets with the API and the testkit. */
    private static final List<String> LIBRARIES = List.of(
            "jackson-",
            "osgi.core-",
            "osgi.annotation-",
            "org.osgi.service.component-",
            "org.osgi.service.cm-",
            "slf4j-api-",
            "junit-jupiter-api-",
            "junit-platform-commons-",
            "opentest4j-",
            "apiguardian-api-");

    @TempDir
    Path folder;

    @Test
    void aJavaModuleRequiresTheApiAndTheTestkitByName() throws Exception {
        write("module-info.java", """
                module consumer {
                    requires dev.pawl.api;
                    requires dev.pawl.testkit;
                }
                """);
        write("consumer/Main.java", """
                package consumer;

                import dev.pawl.api.module.AutomationModule;
                import dev.pawl.api.module.Module;
                import dev.pawl.api.module.TaskContext;
                import dev.pawl.testkit.JobHarness;
                import java.util.Map;

                @AutomationModule(id = "sample", name = "Sample")
                public final class Main implements Module {
                    @Override
                    public void run(TaskContext task) {
                        task.emit(Map.of("said", "well"));
                    }

                    public static void main(String[] arguments) {
                        JobHarness.of(Main::new).run().isCompleted().hasResults(Map.of("said", "well"));
                        System.out.println(Main.class.getModule().getName() + " reads "
                                + Module.class.getModule().getName() + " and " + JobHarness.class.getModule().getName());
                    }
                }
                """);
        String path = path();
        StringWriter said = new StringWriter();
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(said),
                        new PrintWriter(said),
                        "-d",
                        folder.resolve("classes").toString(),
                        "--module-path",
                        path,
                        folder.resolve("module-info.java").toString(),
                        folder.resolve("consumer/Main.java").toString());
        assertEquals(0, compiled, said.toString());

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        folder.resolve("classes") + File.pathSeparator + path,
                        "--add-modules",
                        "ALL-MODULE-PATH", // Jackson has names of its own, which the server's jars cannot require
                        "--module",
                        "consumer/consumer.Main")
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), output);
        assertEquals(
                "consumer reads dev.pawl.api and dev.pawl.testkit",
                output.lines().filter(line -> line.startsWith("consumer")).collect(Collectors.joining()),
                output);
    }

    private void write(String file, String text) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    /** The jars of Pawl from the repository that authors have, and the libraries from the class path of this test. */
    private static String path() throws IOException {
        List<String> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("pawl.distribution"), "lib/repository"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .filter(file -> Stream.of("api-bundle", "testkit", "service-bundle", "scheduler-bundle", "launch")
                            .anyMatch(name -> file.matches(".*/" + name + "-[^/]*(?<!sources|javadoc)\\.jar")))
                    .forEach(jars::add);
        }
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar ->
                        LIBRARIES.stream().anyMatch(Path.of(jar).getFileName().toString()::startsWith))
                .forEach(jars::add);
        return String.join(File.pathSeparator, jars);
    }
}
