package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import dev.pawl.cli.screen.Times;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven's output is read for people. */
class MavenRunTest {

    @TempDir
    Path project;

    private List<Problem> run(String script) throws Exception {
        Path maven = Files.writeString(project.resolve("mvnw"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        return run();
    }

    private List<Problem> run() throws Exception {
        try (MavenRun maven = new MavenRun(project, invocation(project))) {
            return maven.run("package");
        }
    }

    /** An invocation that shows nothing, and finds no program. */
    static Invocation invocation(Path project) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Invocation(
                Map.of("PATH", project.resolve("empty").toString()),
                new Screen(nowhere, nowhere, Terminal.pipe(Map.of())),
                new Times(InstantSource.system(), ZoneOffset.UTC),
                Optional.empty(),
                action -> () -> {},
                Prompt.ofProcess());
    }

    @Test
    void theErrorsOfBothCompilersHaveTheirPlaceAndAreThereOnce() throws Exception {
        List<Problem> problems = run("""
                cat <<'END'
                [ERROR] COMPILATION ERROR :
                [ERROR] /p/Sample.java:[3,14] ';' expected
                [ERROR] file:///p/Sample.kt:7:5 Unresolved reference 'x'.
                [WARNING] file:///p/Sample.kt:8:1 unused
                [ERROR] Failed to execute goal org:compile on project sample: Compilation failure
                [ERROR] /p/Sample.java:[3,14] ';' expected
                [ERROR] -> [Help 1]
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                END
                exit 1
                """);

        assertEquals(
                List.of(
                        new Problem(true, Path.of("/p/Sample.java"), 3, 14, "';' expected"),
                        new Problem(true, Path.of("/p/Sample.kt"), 7, 5, "Unresolved reference 'x'."),
                        new Problem(false, Path.of("/p/Sample.kt"), 8, 1, "unused")),
                problems);
    }

    @Test
    void aFailureOfAnotherKindIsItsSummary() throws Exception {
        List<Problem> problems =
                run("echo '[ERROR] Failed to execute goal a:b on project c: no such file -> [Help 1]'; exit 1");

        assertEquals(List.of(Problem.error("Failed to execute goal a:b on project c: no such file")), problems);
    }

    @Test
    void whatSucceedsHasNoProblems() throws Exception {
        assertEquals(List.of(), run("echo '[WARNING] something'; exit 0"));
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        assertTrue(run().get(0).message().contains("Install Maven 3.8.7 or newer."), run().toString());
    }
}
