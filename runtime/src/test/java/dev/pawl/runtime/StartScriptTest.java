package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.Sandbox.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/pawl} of the distribution. */
class StartScriptTest {

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Path home;

    @BeforeEach
    void makeDistribution() throws Exception {
        sandbox = new Sandbox(folder);
        home = folder.resolve("home with spaces");
        for (String script : List.of("pawl", "find-java.sh")) {
            Path copy = home.resolve("bin").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("src/main/dist/bin", script), copy);
        }
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/b.jar"), "");
        Files.writeString(home.resolve("lib/a.jar"), "");
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());

        List<String> words = arguments("run", "hello", "-i", "name=A  B", "");

        assertEquals(List.of("dev.pawl.cli.Main", "run", "hello", "-i", "name=A  B", ""), after(words, "-cp", 2));
    }

    @Test
    void theClassPathIsThatOfTheDistributionInOneOrder() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());

        List<String> words = arguments("status");

        assertEquals(
                home.resolve("lib/a.jar") + ":" + home.resolve("lib/b.jar"),
                after(words, "-cp", 1).get(0));
        assertTrue(words.contains("-Dpawl.home=" + home));
    }

    @Test
    void theHeapIsAPartOfTheMachinesMemoryOrWhatTheOperatorSays() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());

        assertTrue(arguments("serve").contains("-XX:MaxRAMPercentage=25"));
        assertTrue(arguments("serve").contains("-XX:+ExitOnOutOfMemoryError"));
        sandbox.set("PAWL_HEAP", "768m");
        assertTrue(arguments("serve").contains("-Xmx768m"));
        for (String wrong : List.of("lots", "512", "1 g", "g", "1gm", "-1g")) {
            sandbox.set("PAWL_HEAP", wrong);
            Outcome outcome = sandbox.run(home.resolve("bin/pawl"), "serve");
            assertEquals(2, outcome.code(), wrong);
            assertEquals(
                    "pawl: PAWL_HEAP is \"" + wrong
                            + "\"; it takes a number of megabytes or gigabytes, such as 512m or 2g.\n",
                    outcome.err());
        }
    }

    @Test
    void aLinkToTheScriptFindsTheDistribution() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("home with spaces/bin/pawl"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);

        assertTrue(sandbox.run(second, "status").out().contains("-Dpawl.home=" + home + "\n"));
    }

    @Test
    void javaHomeComesBeforeThePath() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "21.0.1").toString());
        sandbox.tool("java", "echo from the path");

        assertFalse(sandbox.run(home.resolve("bin/pawl")).out().contains("from the path"));
    }

    @Test
    void thePathHelpsOutWhenJavaHomeIsTooOld() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "1.8.0_362").toString());
        sandbox.tool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; else echo from the path; fi");

        assertEquals(new Outcome(0, "from the path\n", ""), sandbox.run(home.resolve("bin/pawl"), "status"));
    }

    @Test
    void anOldJavaIsRefusedByItsVersion() throws Exception {
        Path java = sandbox.java("jdk", "11.0.2");
        sandbox.set("JAVA_HOME", java.toString());

        Outcome outcome = sandbox.run(home.resolve("bin/pawl"), "status");

        assertEquals(1, outcome.code());
        assertEquals(
                "pawl: Java 17 or newer is needed, in JAVA_HOME or on the PATH. " + java
                        + "/bin/java has version 11.\n",
                outcome.err());
    }

    @Test
    void withoutAnyJavaItSaysWhatItNeeds() throws Exception {
        Outcome outcome = sandbox.run(home.resolve("bin/pawl"), "status");

        assertEquals(1, outcome.code());
        assertEquals("pawl: Java 17 or newer is needed, in JAVA_HOME or on the PATH. There is none.\n", outcome.err());
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        sandbox.set("JAVA_HOME", "/no/such/jdk");

        assertTrue(sandbox.run(home.resolve("bin/pawl")).err().contains("/no/such/jdk/bin/java is not there."));
    }

    @Test
    void clientsStartWithTheFirstCompilerAndServersKeepBoth() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());

        assertTrue(arguments("jobs").contains("-XX:TieredStopAtLevel=1"));
        assertFalse(arguments("serve").contains("-XX:TieredStopAtLevel=1"));
    }

    @Test
    void nativeAccessIsAllowedWhereItMustBe() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("old", "17.0.15").toString());
        assertFalse(arguments("serve").contains("--enable-native-access=ALL-UNNAMED"));

        sandbox.set("JAVA_HOME", sandbox.java("new", "25").toString());
        assertTrue(arguments("serve").contains("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void optionsOfTheOperatorComeLastAndSoWin() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());
        sandbox.set("PAWL_JAVA_OPTS", "-Xmx2g -Dx=y");

        List<String> words = arguments("serve");

        assertTrue(words.indexOf("-Xmx2g") > words.indexOf("-Xmx512m"));
        assertTrue(words.contains("-Dx=y"));
    }

    @Test
    void theServerAndTheCommandsHaveAnArchiveEachWhenThereAreSome() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());
        Path archives = home.resolve("cache/classes-17");
        assertTrue(arguments("serve").contains("-Xshare:auto"));
        assertTrue(arguments("serve").contains("-Dpawl.class.archive=" + archives));
        Files.createDirectories(home.resolve("cache"));

        Files.writeString(home.resolve("cache/classes-17-server.jsa"), "x");
        Files.writeString(home.resolve("cache/classes-17-commands.jsa"), "x");

        assertTrue(arguments("serve").contains("-XX:SharedArchiveFile=" + archives + "-server.jsa"));
        assertTrue(arguments("run", "hello").contains("-XX:SharedArchiveFile=" + archives + "-commands.jsa"));
        assertTrue(arguments("status").contains("-XX:SharedArchiveFile=" + archives + "-commands.jsa"));
        sandbox.set("PAWL_CLASS_ARCHIVE", "off");
        assertTrue(arguments("serve").contains("-Xshare:auto"));
        assertTrue(arguments("serve").contains("-Dpawl.class.archive="));
    }

    @Test
    void anEmptyArchiveIsNotGivenToTheJvm() throws Exception {
        sandbox.set("JAVA_HOME", sandbox.java("jdk", "17.0.15").toString());
        Files.createDirectories(home.resolve("cache"));
        Files.writeString(home.resolve("cache/classes-17-server.jsa"), "");

        assertTrue(arguments("serve").contains("-Xshare:auto"));
    }

    private List<String> arguments(String... arguments) throws Exception {
        return sandbox.run(home.resolve("bin/pawl"), arguments).out().lines().toList();
    }

    private static List<String> after(List<String> words, String word, int distance) {
        return words.subList(words.indexOf(word) + distance, words.size());
    }
}
