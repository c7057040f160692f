package dev.pawl.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.cli.Jobs;
import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts, in the shells that they are for. */
class CompletionTest extends ServedCommandTest {
    /** Stands for the command: it answers what the scripts ask for. */
    private static final String PAWL = """
            #!/bin/sh
            case "$*" in
                "__values jobs") echo 3f2a91c4-0000 ;;
                "__values modules") echo hello; echo cleanup ;;
                "__values inputs hello") echo name=; echo count= ;;
                "__values workers") echo 5f81d2b0-0000 ;;
                "__values contexts") echo home ;;
            esac
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void standIn() throws IOException {
        Path command = folder.resolve("pawl");
        Files.writeString(command, PAWL);
        assertTrue(command.toFile().setExecutable(true));
    }

    @Test
    void theValuesAreThoseOfTheServerAndNothingWithoutOne() {
        server.answer("GET /jobs", 200, "{\"jobs\":[" + Jobs.RUNNING + "]}")
                .answer("GET /modules/hello", 200, Jobs.HELLO)
                .answer("GET /schedules", 200, "{\"schedules\":[{\"name\":\"nightly\"}]}");

        assertEquals(List.of("nightly"), pawl.run("__values", "schedules").lines());
        assertEquals(List.of(Jobs.ID), pawl.run("__values", "jobs").lines());
        assertEquals("name=", pawl.run("__values", "inputs", "hello").lines().get(0));
        Pawl.Outcome absent = pawl.with("PAWL_SERVER", "http://127.0.0.1:1").run("__values", "jobs");
        assertEquals(0, absent.code());
        assertEquals("", absent.out() + absent.err());
    }

    @Test
    void bashCompletes() throws Exception {
        assumeInstalled("bash");
        assertEquals(List.of("module"), bash("pawl", "mod"));
        assertEquals(List.of("install", "install-git"), bash("pawl", "module", "inst"));
        assertEquals(List.of("3f2a91c4-0000"), bash("pawl", "logs", ""));
        assertEquals(List.of("5f81d2b0-0000"), bash("pawl", "drain", ""));
        assertEquals(List.of("hello"), bash("pawl", "run", "he"));
        assertEquals(List.of("name="), bash("pawl", "run", "hello", "-i", "na"));
        assertEquals(List.of("yaml"), bash("pawl", "jobs", "-o", "y"));
        assertEquals(List.of("failed"), bash("pawl", "jobs", "--status", "f"));
        assertEquals(List.of("--follow"), bash("pawl", "logs", "--fo"));
        assertEquals(List.of("home"), bash("pawl", "context", "use", ""));
    }

    @Test
    void zshTakesTheSameScript() throws Exception {
        assumeInstalled("zsh");
        Path script = script("zsh");
        String line = "autoload -Uz compinit && compinit -u -D; source " + script
                + "; COMP_WORDS=(pawl module inst); COMP_CWORD=2; _pawl; print -l -- $COMPREPLY";

        assertEquals(List.of("install", "install-git"), shell("zsh", "-fc", line));
    }

    @Test
    void fishCompletes() throws Exception {
        assumeInstalled("fish");
        Path script = script("fish");

        assertTrue(fish(script, "pawl mod").get(0).startsWith("module\t"));
        assertTrue(fish(script, "pawl module inst").get(0).startsWith("install\t"));
        assertEquals(List.of("3f2a91c4-0000"), fish(script, "pawl logs "));
        List<String> inputs = fish(script, "pawl run hello -i na");
        assertTrue(inputs.stream().anyMatch(word -> word.startsWith("name=")), inputs.toString());
    }

    private static void assumeInstalled(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        assumeTrue(there, "not installed: " + program);
    }

    private List<String> fish(Path script, String line) throws Exception {
        return shell("fish", "--no-config", "-c", "source " + script + "; complete -C '" + line + "'");
    }

    private List<String> bash(String... words) throws Exception {
        String line = "source " + script("bash") + "; COMP_WORDS=('" + String.join("' '", words) + "'); COMP_CWORD="
                + (words.length - 1) + "; _pawl; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return shell("bash", "--norc", "-uc", line);
    }

    private Path script(String shell) throws IOException {
        Path script = folder.resolve("script." + shell);
        Files.writeString(script, pawl.run("completion", shell).out());
        return script;
    }

    private List<String> shell(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
