package dev.pawl.cli.project;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a new project beside its sources.
 *
 * @param names the names in it
 * @param version the version of Pawl
 */
record ProjectFiles(ProjectNames names, String version) {

    /** The copy of the parent POM, in the project. */
    static final String PARENT = ".mvn/pawl-module-parent.xml";

    /** The file that names the installation; each user has an own one. */
    static final String CONFIGURATION = ".mvn/maven.config";

    /** Without it, Maven takes a folder of this machine for something that it cannot reach with {@code -o}. */
    private static final String READ_OFFLINE = "-Daether.offline.protocols=file\n";

    /** All files by path, but those that connect it with an installation. */
    Map<String, String> all(ModuleSource source) {
        String folder = source.language() + "/" + names.packageName().replace('.', '/') + "/" + names.className();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", pom());
        files.put("src/main/" + folder + "." + source.ending(), source.module());
        files.put("src/test/" + folder + "Test." + source.ending(), source.test());
        files.put("README.md", readme(source.inputs()));
        files.put(
                ".gitignore",
                "target/\n# Where Pawl is on this machine; `pawl module link` writes it.\n" + CONFIGURATION
                        + "\n# The inputs that `pawl module dev` had last.\n.mvn/pawl-dev.json\n");
        return files;
    }

    /** The files that connect a project with an installation. */
    static Map<String, String> link(Installation installation) throws IOException {
        return Map.of(PARENT, installation.parent(), CONFIGURATION, configuration(installation.url()));
    }

    /** The file that names the installation whose repository has this address. */
    static String configuration(String url) {
        return "-Dpawl.repository=" + url + "\n" + READ_OFFLINE;
    }

    private String pom() {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>dev.pawl</groupId>
                    <artifactId>pawl-module-parent</artifactId>
                    <version>%s</version>
                    <relativePath>%s</relativePath>
                  </parent>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>1.0.0</version>
                </project>
                """.formatted(version, PARENT, names.group(), names.id());
    }

    private String readme(DeclaredInputs inputs) {
        return """
                # %1$s

                A module for Pawl %2$s: `%3$s` is where it does its work.

                ```sh
                # Runs it again after each edit, in a server of its own:
                pawl module dev%5$s

                # Compiles, tests, checks and packs it:
                mvn verify

                # Into a server that runs, such as `pawl serve` in another terminal, and again after each change:
                pawl module install target/%4$s-1.0.0.jar
                pawl run %4$s%5$s --follow
                ```

                After a `git clone`, and after an update of Pawl, run `pawl module link` once in this folder: it tells Maven where Pawl is on this
                machine (`.mvn/maven.config`, which is not for git), and brings `.mvn/pawl-module-parent.xml`, which is, to its version.

                Libraries: add a `<dependency>` to `pom.xml`; the build puts the jar into the module's.
                """.formatted(names.title(), version, names.className(), names.id(), inputs.options());
    }
}
