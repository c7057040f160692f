package dev.pawl.cli.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of a module's project by what they are for.
 *
 * @param folder the project's folder, absolute
 */
record ProjectFile(Path folder) {

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    /** The parts of a POM with which Maven alone can tell how it is built. */
    private static final Pattern OWN_BUILD = Pattern.compile("<(?:build|profiles|modules)>");

    Path pom() {
        return folder.resolve("pom.xml");
    }

    /** The Java sources, which need not be there. */
    Path sources() {
        return folder.resolve("src/main/java");
    }

    /** Files that are packed as they are; they need not be there. */
    Path resources() {
        return folder.resolve("src/main/resources");
    }

    /** All sources of whatever language. */
    Path main() {
        return folder.resolve("src/main");
    }

    /** The file in which Maven wrote down how it builds. */
    Path buildSettings() {
        return folder.resolve("target/pawl/build.properties");
    }

    /** The files that say how it is built. */
    List<Path> descriptions() {
        return List.of(
                pom(),
                folder.resolve("bnd.bnd"),
                folder.resolve(".mvn/maven.config"),
                folder.resolve(".mvn/pawl-module-parent.xml"));
    }

    /**
     * Whether it can be built without Maven: it is written in Java, and its POM leaves the build to the parent. A POM with plugins of its own, or a
     * project in Kotlin, is built by Maven each time.
     */
    boolean isPlain() throws IOException {
        String pom = COMMENT.matcher(Files.readString(pom())).replaceAll("");
        return !OWN_BUILD.matcher(pom).find() && !Files.isDirectory(folder.resolve("src/main/kotlin"));
    }
}
