package dev.pawl.cli.project;

import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.command.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the Maven archetype of a module's project: the files of {@code pawl module new}, with Maven's names for what differs. */
public final class ModuleArchetype {

    private static final String RESOURCES = "archetype-resources/";
    private static final ProjectNames NAMES =
            new ProjectNames("${artifactId}", "${groupId}", "${package}", "${moduleClass}", "${moduleTitle}");

    private ModuleArchetype() {}

    /**
     * Writes it.
     *
     * @param arguments the folder to write into, and the file with the parent POM
     */
    public static void main(String[] arguments) throws IOException, UsageException {
        Path folder = Path.of(arguments[0]);
        for (Map.Entry<String, String> file :
                files(Files.readString(Path.of(arguments[1]))).entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
    }

    /** The files of the archetype by path. */
    static Map<String, String> files(String parent) throws UsageException, IOException {
        JavaSource source = new JavaSource(NAMES, new DeclaredInputs(InputList.read(ModuleNewCommand.EXAMPLE)));
        Map<String, String> files = new LinkedHashMap<>();
        new ProjectFiles(NAMES, Version.number())
                .all(source)
                .forEach((path, text) -> files.put(
                        RESOURCES + path(path), path.startsWith("src/") ? text : text.replace("1.0.0", "${version}")));
        files.put(RESOURCES + ProjectFiles.PARENT, parent);
        files.put(RESOURCES + ProjectFiles.CONFIGURATION, ProjectFiles.configuration("${pawlRepository}"));
        files.put("META-INF/maven/archetype-metadata.xml", DESCRIPTOR);
        return files;
    }

    /** Maven adds the folders of the package, replaces names between underscores, and would leave out a file with the name of git's. */
    private static String path(String path) {
        return path.replace("/${package}/", "/")
                .replace("${moduleClass}", "__moduleClass__")
                .replace(".gitignore", "__gitignore__");
    }

    /** The properties in which projects differ, with the values that {@code pawl module new} would choose. */
    private static final String DESCRIPTOR = """
            <archetype-descriptor name="module">
              <requiredProperties>
                <requiredProperty key="groupId">
                  <defaultValue>com.example</defaultValue>
                </requiredProperty>
                <requiredProperty key="artifactId">
                  <validationRegex>^[a-z][a-z0-9]*(-[a-z0-9]+)*$</validationRegex>
                </requiredProperty>
                <requiredProperty key="version">
                  <defaultValue>1.0.0</defaultValue>
                </requiredProperty>
                <requiredProperty key="package">
                  <defaultValue>${groupId}.${artifactId.replace("-", "")}</defaultValue>
                </requiredProperty>
                <requiredProperty key="moduleClass">
                  <defaultValue>#foreach($word in ${artifactId.split("-")})${word.substring(0, 1).toUpperCase()}${word.substring(1)}#{end}Module</defaultValue>
                </requiredProperty>
                <requiredProperty key="moduleTitle">
                  <defaultValue>${artifactId.substring(0, 1).toUpperCase()}${artifactId.substring(1).replace("-", " ")}</defaultValue>
                </requiredProperty>
                <requiredProperty key="pawlRepository">
                  <defaultValue>file:///run-pawl-module-link-in-this-folder</defaultValue>
                </requiredProperty>
                <requiredProperty key="gitignore">
                  <defaultValue>.gitignore</defaultValue>
                </requiredProperty>
              </requiredProperties>
              <fileSets>
                <fileSet filtered="true" packaged="true">
                  <directory>src/main/java</directory>
                </fileSet>
                <fileSet filtered="true" packaged="true">
                  <directory>src/test/java</directory>
                </fileSet>
                <fileSet filtered="true">
                  <directory></directory>
                  <includes>
                    <include>README.md</include>
                    <include>__gitignore__</include>
                  </includes>
                </fileSet>
                <fileSet filtered="true">
                  <directory>.mvn</directory>
                  <includes>
                    <include>maven.config</include>
                  </includes>
                </fileSet>
                <fileSet>
                  <directory>.mvn</directory>
                  <includes>
                    <include>pawl-module-parent.xml</include>
                  </includes>
                </fileSet>
              </fileSets>
            </archetype-descriptor>
            """;
}
