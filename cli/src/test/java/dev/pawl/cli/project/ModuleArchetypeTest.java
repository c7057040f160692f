package dev.pawl.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.command.Version;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The Maven archetype makes the project that the command makes. */
class ModuleArchetypeTest {

    private static final String RESOURCES = "archetype-resources/";

    private static Map<String, String> generated() throws Exception {
        Map<String, String> files = new TreeMap<>();
        ModuleArchetype.files("<parent/>").forEach((path, text) -> {
            if (path.startsWith(RESOURCES)) {
                files.put(
                        path.substring(RESOURCES.length())
                                .replace("/java/", "/java/com/example/wordcount/")
                                .replace("__moduleClass__", "WordCountModule")
                                .replace("__gitignore__", ".gitignore"),
                        text.replace("${artifactId}", "word-count")
                                .replace("${groupId}", "com.example")
                                .replace("${package}", "com.example.wordcount")
                                .replace("${moduleClass}", "WordCountModule")
                                .replace("${moduleTitle}", "Word count")
                                .replace("${version}", "1.0.0"));
            }
        });
        return files;
    }

    @Test
    void itsFilesWithTheNamesFilledInAreThoseOfTheCommand() throws Exception {
        ProjectNames names = ProjectNames.of("word-count", "com.example");
        DeclaredInputs inputs = new DeclaredInputs(InputList.read(ModuleNewCommand.EXAMPLE));
        Map<String, String> made =
                new TreeMap<>(new ProjectFiles(names, Version.number()).all(new JavaSource(names, inputs)));
        made.put(ProjectFiles.PARENT, "<parent/>");
        made.put(ProjectFiles.CONFIGURATION, ProjectFiles.configuration("${pawlRepository}"));

        assertEquals(made, generated());
    }

    @Test
    void itsDescriptorNamesEachFileAndEachNameThatDiffers() throws Exception {
        Map<String, String> files = ModuleArchetype.files("<parent/>");
        String descriptor = files.get("META-INF/maven/archetype-metadata.xml");
        for (String name : List.of("moduleClass", "moduleTitle", "pawlRepository", "gitignore", "package")) {
            assertTrue(descriptor.contains("key=\"" + name + "\""), name);
        }
        TreeSet<String> named = new TreeSet<>(files.keySet());
        named.removeIf(path -> path.startsWith(RESOURCES + "src/") || path.endsWith("/pom.xml"));
        named.remove("META-INF/maven/archetype-metadata.xml");
        for (String path : named) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            assertTrue(descriptor.contains("<include>" + name + "</include>"), name);
        }
    }
}
