package dev.pawl.it.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.osgi.service.component.annotations.Component;

/**
 * A module that uses ordinary libraries, built as docs/writing-a-module.md says.
 *
 * @param id the id of the module
 * @param libraries the names, without versions, of the jars that it embeds
 * @param body the statements of its {@code run}; the task is {@code task}
 */
record LibraryModule(String id, List<String> libraries, String body) {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final Path LIBRARIES = Path.of("target", "libraries");

    private static final String SOURCE = """
            package com.example.%1$s;

            @org.osgi.service.component.annotations.Component(
                    service = dev.pawl.api.module.Module.class,
                    scope = org.osgi.service.component.annotations.ServiceScope.PROTOTYPE)
            @dev.pawl.api.module.AutomationModule(id = "%1$s", name = "%1$s", inputs = LibraryUser.Inputs.class)
            public final class LibraryUser implements dev.pawl.api.module.Module {

                public record Inputs() {}

                @Override
                public void run(dev.pawl.api.module.TaskContext task) throws Exception {
                    %2$s
                }
            }
            """;

    /** Compiles and packs the module. */
    Path jar(String version, Path folder) throws Exception {
        List<Path> embedded = jars(libraries);
        Path work = Files.createDirectories(folder.resolve(id + "-" + version));
        Path source = Files.writeString(work.resolve("LibraryUser.java"), SOURCE.formatted(id, body));
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<Path> visible = new ArrayList<>(embedded);
        visible.addAll(jars(List.of("slf4j-api"))); // provided by the server
        visible.add(jarOf(dev.pawl.api.module.Module.class));
        visible.add(jarOf(Component.class));
        String classPath = String.join(
                File.pathSeparator, visible.stream().map(Path::toString).toList());
        int outcome = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        source.toString());
        assertEquals(0, outcome, "it does not compile");
        for (Path library : embedded) {
            Path place = work.resolve("target/lib").resolve(library.getFileName());
            Files.createDirectories(place.getParent());
            Files.copy(library, place);
        }
        return pack(version, work, classes, visible, folder);
    }

    private Path pack(String version, Path work, Path classes, List<Path> visible, Path folder) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setBase(work.toFile());
            builder.addClasspath(classes.toFile());
            for (Path library : visible) {
                builder.addClasspath(library.toFile());
            }
            builder.setProperty("Bundle-SymbolicName", "com.example." + id);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", "com.example." + id);
            builder.setProperty("-noimportjava", "true");
            if (!libraries.isEmpty()) {
                documented()
                        .forEach(line -> builder.setProperty(
                                line.substring(0, line.indexOf(':')),
                                line.substring(line.indexOf(':') + 1).strip()));
            }
            try (Jar jar = builder.build()) {
                assertEquals(List.of(), builder.getErrors());
                Path file = folder.resolve(id + "-" + version + ".jar");
                jar.write(file.toFile());
                return file;
            }
        }
    }

    /** The lines of the page's {@code bnd.bnd} that embeds all dependencies. */
    private static List<String> documented() throws IOException {
        Matcher block = Pattern.compile("```properties\n(-includeresource: lib/=.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/writing-a-module.md")));
        if (!block.find()) {
            throw new AssertionError("The page no longer says how to embed dependencies.");
        }
        return block.group(1).lines().toList();
    }

    private static List<Path> jars(List<String> names) throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            List<Path> found = jars.filter(jar -> names.stream()
                            .anyMatch(name -> jar.getFileName().toString().matches(Pattern.quote(name) + "-[0-9].*")))
                    .sorted()
                    .toList();
            assertEquals(names.size(), found.size(), "looked for " + names + " and found " + found);
            return found;
        }
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
