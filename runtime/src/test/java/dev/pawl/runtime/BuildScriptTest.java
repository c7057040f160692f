package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.Sandbox.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./pawl} at the root of the sources. */
class BuildScriptTest {

    private static final String ONE_LINE = "pawl: building the distribution; the first time takes a few minutes\n";

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Path root;

    @BeforeEach
    void makeSources() throws Exception {
        sandbox = new Sandbox(folder);
        root = folder.resolve("root with spaces");
        Path bin = Files.createDirectories(root.resolve("runtime/src/main/dist/bin"));
        Files.copy(Path.of("src/main/dist/bin/find-java.sh"), bin.resolve("find-java.sh"));
        Files.copy(Path.of("../pawl"), root.resolve("pawl"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("http-bundle/src/main/java"));
        Files.writeString(root.resolve("http-bundle/src/main/java/A.java"), "");
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());
    }

    @Test
    void theFirstUseBuildsAndSaysSoInOneLine() throws Exception {
        mavenThatWorks();

        Outcome outcome = sandbox.run(root.resolve("pawl"), "run", "a b");

        assertEquals(new Outcome(0, "ran\nrun\na b\n", ONE_LINE), outcome);
    }

    @Test
    void theNextUseDoesNotBuild() throws Exception {
        mavenThatWorks();
        sandbox.run(root.resolve("pawl"));

        assertEquals("", sandbox.run(root.resolve("pawl")).err());
    }

    @Test
    void aNewerSourceOfAnyKindBuildsAgain() throws Exception {
        mavenThatWorks();
        for (String source : new String[] {"http-bundle/src/main/java/A.java", "pom.xml", "runtime/pawl.bndrun"}) {
            sandbox.run(root.resolve("pawl"));
            Path file = root.resolve(source);
            Files.writeString(file, "changed");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));

            assertEquals(ONE_LINE, sandbox.run(root.resolve("pawl")).err(), source);

            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    @Test
    void aSourceThatWentBuildsAgain() throws Exception {
        mavenThatWorks();
        sandbox.run(root.resolve("pawl"));
        Path stamp = root.resolve("runtime/target/pawl/lib");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minusSeconds(2)));

        Files.delete(root.resolve("http-bundle/src/main/java/A.java"));

        assertEquals(ONE_LINE, sandbox.run(root.resolve("pawl")).err());
    }

    @Test
    void aBuildThatFailsShowsTheEndOfItsLogAndWhereItIs() throws Exception {
        sandbox.tool("mvn", "echo '[ERROR] the pawl is bent'", "exit 1");

        Outcome outcome = sandbox.run(root.resolve("pawl"), "status");

        assertEquals(1, outcome.code());
        assertEquals(
                ONE_LINE + "[ERROR] the pawl is bent\npawl: the build failed; its whole log is "
                        + root.resolve("target/build.log") + "\n",
                outcome.err());
    }

    @Test
    void withoutMavenItSaysWhatItNeeds() throws Exception {
        Outcome outcome = sandbox.run(root.resolve("pawl"), "status");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("pawl: Maven 3.8.7 or newer is needed on the PATH"), outcome.err());
    }

    @Test
    void withoutACompilerItSaysWhatItNeeds() throws Exception {
        Files.delete(folder.resolve("jdk/bin/javac"));
        mavenThatWorks();

        Outcome outcome = sandbox.run(root.resolve("pawl"), "status");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("pawl: a JDK 17 or newer is needed to build Pawl"), outcome.err());
    }

    @Test
    void aLockThatADeadBuildLeftIsNoObstacle() throws Exception {
        mavenThatWorks();
        Path lock = Files.createDirectories(root.resolve("target/build.lock"));
        Files.writeString(lock.resolve("pid"), "4194304\n");

        assertEquals(0, sandbox.run(root.resolve("pawl")).code());
    }

    /** Stands in for Maven: creates a distribution whose command prints its arguments. */
    private void mavenThatWorks() throws Exception {
        Path distribution = root.resolve("runtime/target/pawl");
        Sandbox.script(folder.resolve("built"), "for argument in ran \"$@\"; do echo \"$argument\"; done");
        sandbox.tool(
                "mvn",
                "mkdir -p '" + distribution + "/bin'",
                "cat '" + folder.resolve("built") + "' >'" + distribution + "/bin/pawl'",
                "chmod +x '" + distribution + "/bin/pawl'",
                "mkdir -p '" + distribution + "/lib'",
                "touch '" + distribution + "/lib'");
    }
}
