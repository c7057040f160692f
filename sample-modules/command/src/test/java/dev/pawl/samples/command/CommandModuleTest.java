package dev.pawl.samples.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandModuleTest {

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    private JobHarness job(Map<String, ?> inputs, Map<String, ?> settings) throws IOException {
        return JobHarness.of(CommandModule::new)
                .inputs(inputs)
                .settings(settings)
                .roots(folder)
                .workDir(Files.createDirectories(folder.resolve("work")));
    }

    /** A job that runs a script by sh, which is allowed. */
    private JobHarness script(String script, Map<String, ?> more) throws IOException {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.put("program", "sh");
        inputs.put("arguments", List.of("-c", script));
        return job(inputs, Map.of("allowed_programs", List.of("sh")));
    }

    private HarnessRun run(String script, Map<String, ?> more) throws IOException {
        return script(script, more).run();
    }

    private static String said(HarnessRun run) {
        return run.thrown() == null ? "" : String.valueOf(run.thrown().getMessage());
    }

    private String refusal(Map<String, ?> inputs, Map<String, ?> settings) throws IOException {
        HarnessRun run = job(inputs, settings).run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        return said(run);
    }

    @Test
    void nothingIsAllowedUntilAnAdminSaysSo() throws IOException {
        String said = refusal(Map.of("program", "echo"), Map.of());

        assertTrue(said.startsWith("program is \"echo\", which is not allowed."), said);
        assertTrue(said.contains("pawl module settings command -s 'allowed_programs=[\"/"), said);
    }

    @Test
    void linesOfOutputAreLogLinesAndTheEndIsAResult() throws IOException {
        HarnessRun run = run("echo one; echo two >&2; echo 'größe'", Map.of());

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> said(run));
        assertTrue(run.lines().containsAll(List.of("one", "two", "größe", "sh ended with exit code 0.")));
        assertEquals(0, run.results().get(0).get("exit_code"));
        assertEquals(3, run.results().get(0).get("lines"));
    }

    @Test
    void linesOfJsonAreResultsWhenAsked() throws IOException {
        HarnessRun run = run(
                "echo '{\"n\": 12345678901234567.89}'; echo '{broken'; echo '[1]'; echo '{\"m\": null}'",
                Map.of("output", "json_lines"));

        assertEquals(2, run.results().size());
        assertEquals(
                new BigDecimal("12345678901234567.89"), run.results().get(0).get("n"));
        assertTrue(run.results().get(1).containsKey("m"));
        assertTrue(run.lines().containsAll(List.of("{broken", "[1]")));
    }

    @Test
    void otherExitCodesFailTheTaskWithTheLastLinesUnlessTheyCountAsSuccess() throws IOException {
        HarnessRun failed = run("echo 'disk is on fire' >&2; exit 3", Map.of());

        assertEquals(Outcome.RUN_FAILED, failed.outcome());
        assertEquals("The program sh ended with exit code 3: disk is on fire", said(failed));
        assertEquals(
                Outcome.COMPLETED,
                run("exit 3", Map.of("success_codes", List.of(0, 3))).outcome());
        assertEquals("The program sh was ended by SIGKILL and said nothing.", said(run("kill -s KILL $$", Map.of())));
        assertTrue(said(run("sleep 300", Map.of("timeout", "200ms"))).contains("took too long"));
    }

    @Test
    void environmentInputAndFolderReachTheProgram() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        HarnessRun run = run(
                "echo $WORD; cat; pwd",
                Map.of("environment", Map.of("WORD", "a b"), "input", "typed\n", "folder", inner.toString()));

        assertTrue(run.lines().containsAll(List.of("a b", "typed", inner.toString())), run.lines()::toString);
    }

    @Test
    void whatIsWrittenToTheArtifactsFolderIsThere() throws IOException {
        run("echo chart > artifacts/chart.txt; echo more > \"$PAWL_ARTIFACTS/more.txt\"", Map.of());

        assertEquals("chart\n", Files.readString(folder.resolve("work/artifacts/chart.txt")));
        assertEquals("more\n", Files.readString(folder.resolve("work/artifacts/more.txt")));
    }

    @Test
    void aProgramIsKnownByItsNameInItsRealFolder() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path tool = Files.writeString(tools.resolve("tool"), "#!/bin/sh\necho ran\n");
        assertTrue(tool.toFile().setExecutable(true));
        Path link = Files.createSymbolicLink(folder.resolve("link"), tools);
        Files.createSymbolicLink(tools.resolve("other"), tool);

        for (String allowed : List.of(tool.toString(), link + "/tool", tools + "/", link + "/")) {
            HarnessRun run = job(
                            Map.of("program", link.resolve("tool").toString()),
                            Map.of("allowed_programs", List.of(allowed)))
                    .run();
            assertEquals(Outcome.COMPLETED, run.outcome(), () -> said(run));
        }
        Map<String, Object> only = Map.of("allowed_programs", List.of(tool.toString(), folder + "/"));
        for (String other : List.of(tools + "/other", tools + "/../tools/sub/../tool/", "/bin/sh")) {
            refusal(Map.of("program", other), only);
        }
    }

    @Test
    void badInputsAreRefusedByTheirName() throws IOException {
        Map<String, Object> shell = Map.of("allowed_programs", List.of("sh"));

        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("program", ""),
                Map.of("program", "no-such-program"),
                Map.of("program", "../sh"),
                Map.of("program", "sh", "arguments", List.of("a\0b")),
                Map.of("program", "sh", "environment", Map.of("A=B", "x")),
                Map.of("program", "sh", "environment", Map.of("LD_PRELOAD", "x")),
                Map.of("program", "sh", "environment", Map.of("BASH_ENV", "x")),
                Map.of("program", "sh", "environment", Map.of("OK", "a\0")),
                Map.of("program", "sh", "folder", "/etc"),
                Map.of("program", "sh", "folder", "relative"),
                Map.of("program", "sh", "timeout", "soon"),
                Map.of("program", "sh", "timeout", "0s"),
                Map.of("program", "sh", "grace", "2h"),
                Map.of("program", "sh", "output", "xml"))) {
            String said = refusal(wrong, shell);
            assertTrue(wrong.keySet().stream().anyMatch(said::contains), said);
        }
    }

    @Test
    void anAdminMayAllowAVariable() throws IOException {
        HarnessRun run = job(
                        Map.of(
                                "program", "sh",
                                "arguments", List.of("-c", "echo $PYTHONPATH"),
                                "environment", Map.of("PYTHONPATH", "/lib/py")),
                        Map.of("allowed_programs", List.of("sh"), "allowed_variables", List.of("PYTHONPATH")))
                .run();

        assertTrue(run.lines().contains("/lib/py"));
    }

    @Test
    void secretVariablesReachTheProgramAndAreMaskedInItsOutput() throws IOException {
        HarnessRun run = job(
                        Map.of("program", "sh", "arguments", List.of("-c", "echo [$KEY]; test $KEY = hunter2secret")),
                        Map.of(
                                "allowed_programs", List.of("sh"),
                                "secret_environment", Map.of("KEY", "hunter2secret")))
                .run();

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> said(run));
        assertFalse(run.lines().toString().contains("hunter2"), run.lines()::toString);
    }

    @Test
    void aStoppedJobEndsTheProgramWhichMayCleanUp() throws Exception {
        Path note = folder.resolve("note");
        JobHarness job = script(
                "trap 'echo bye > " + note + "; exit 0' TERM; touch " + folder + "/begun; while :; do sleep 0.05; done",
                Map.of());
        FutureTask<HarnessRun> run = new FutureTask<>(job::run);
        new Thread(run).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(folder.resolve("begun"))) {
            assertTrue(System.nanoTime() < end);
            Thread.onSpinWait();
        }
        job.stop();

        assertEquals(Outcome.STOPPED, run.get(30, TimeUnit.SECONDS).outcome());
        assertEquals("bye\n", Files.readString(note));
    }

    @Test
    void anInterruptedRunIsRepeatedUnlessItMustNotBe() throws IOException {
        JobHarness again = script("echo done", Map.of()).from(Map.of("begun", true));
        JobHarness never = script("echo done", Map.of("repeat", false)).from(Map.of("begun", true));

        assertEquals(Outcome.COMPLETED, again.run().outcome());
        assertTrue(said(never.run()).contains("is not run again"));
    }
}
