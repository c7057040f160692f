package dev.pawl.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module is packed without Maven as Maven packs it. */
class ModuleBundlerTest {

    private static final String MODULE = """
            package com.example%s;

            import dev.pawl.api.module.*;
            import dev.pawl.api.module.Module;
            import org.osgi.service.component.annotations.*;

            %s
            @AutomationModule(id = "%s", name = "Sample")
            public class %s implements Module {
                @Override
                public void run(TaskContext task) throws Exception {}
            }
            """;
    private static final String COMPONENT = "@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)";

    @TempDir
    Path folder;

    /** The properties that Maven gives of the project. */
    private String maven() {
        return "project.build.directory: " + folder.resolve("target") + "\nproject.build.finalName: sample-1.0.0\n"
                + "Bundle-Name: ${project.build.finalName}\n";
    }

    private BuiltModule build(String... sources) throws Exception {
        return BuiltModule.of(folder, maven(), List.of(), sources);
    }

    private Map<String, byte[]> classes() throws IOException {
        Path root = folder.resolve("target/classes");
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private Map<String, List<String>> bundle(Path jar) throws IOException {
        return new ModuleBundler()
                .apply(Map.of(
                        "settings",
                        folder.resolve("target/pawl/build.properties"),
                        "project",
                        folder,
                        "files",
                        classes(),
                        "jar",
                        jar));
    }

    @Test
    void theManifestAndTheComponentsAreThoseOfMaven() throws Exception {
        BuiltModule byMaven = build(MODULE.formatted("", COMPONENT, "sample", "Sample"));
        assertEquals(List.of(), byMaven.errors());

        Path jar = folder.resolve("module.jar");
        assertEquals(Map.of("errors", List.of(), "warnings", List.of()), bundle(jar));
        try (JarFile packed = new JarFile(jar.toFile())) {
            Map<String, String> headers = new TreeMap<>();
            packed.getManifest()
                    .getMainAttributes()
                    .forEach((name, value) -> headers.put(name.toString(), value.toString()));
            assertEquals(byMaven.headers(), headers);
            assertEquals("sample-1.0.0", headers.get("Bundle-Name"));
            assertTrue(packed.getEntry("OSGI-INF/com.example.Sample.xml") != null);
            assertTrue(packed.getEntry("com/example/Sample.class") != null);
        }
    }

    @Test
    void aPackageThatIsNewSinceMavenRanIsTheModulesOwnToo() throws Exception {
        build(MODULE.formatted("", COMPONENT, "sample", "Sample"));
        Path settings = folder.resolve("target/pawl/build.properties");
        String before = Files.readString(settings);
        build(MODULE.formatted(".more", COMPONENT, "other", "Other"));
        Files.writeString(settings, before);

        Path jar = folder.resolve("module.jar");
        assertEquals(List.of(), bundle(jar).get("errors"));
        try (JarFile packed = new JarFile(jar.toFile())) {
            assertTrue(packed.getEntry("OSGI-INF/com.example.more.Other.xml") != null);
        }
    }

    @Test
    void aMistakeIsTheSentenceOfTheBuildAndLeavesNoJar() throws Exception {
        BuiltModule byMaven = build(MODULE.formatted("", "", "sample", "Sample"));

        Path jar = folder.resolve("module.jar");
        assertEquals(byMaven.errors(), bundle(jar).get("errors"));
        assertTrue(byMaven.errors().get(0).contains("has @AutomationModule and is no component"));
        assertFalse(Files.exists(jar));
    }
}
