package dev.pawl.processes.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs whose processes write lines of the protocol with random mistakes: each has one of the stated ends, and nothing is left. */
@NeedsProgram({"setsid", "sh", "cat"})
class MutatedLinesTest extends TaskProcessCase {

    private static final long SEED = 20_261_129;
    private static final int MANY = 200_000;
    private static final int LINES_OF_A_PROCESS = 500;

    private static final List<String> LINES = List.of(
            "{\"type\":\"ready\",\"protocol\":1,\"shim\":\"fuzz\"}",
            "{\"type\":\"log\",\"level\":\"WARNING\",\"message\":\"h\u00e4llo \\u00e4 \\n\"}",
            "{\"type\":\"progress\",\"percent\":12.5,\"info\":{\"frame\":[1,2,{\"a\":null}]}}",
            "{\"type\":\"result\",\"data\":{\"n\":1e3,\"text\":\"x\",\"list\":[1,-2.5,true,null]}}",
            "{\"type\":\"result\",\"data\":\"\ud83d\ude00\"}",
            "{\"type\":\"checkpoint\",\"id\":\"1\",\"values\":{\"n\":1}}",
            "{\"type\":\"data\",\"id\":\"2\",\"op\":\"put\",\"name\":\"seen\",\"value\":{\"a\":1}}",
            "{\"type\":\"data\",\"id\":\"3\",\"op\":\"get\",\"name\":\"seen\"}",
            "{\"type\":\"valid\"}",
            "{\"type\":\"failed\",\"phase\":\"run\",\"message\":\"no\",\"stack\":\"at x\"}",
            "{\"type\":\"done\"}",
            "{\"type\":\"of a later version\",\"field\":[[[]]]}");

    private static final List<String> PARTS = List.of(
            "1e400",
            "-0",
            "NaN",
            "Infinity",
            "null",
            "{}",
            "[",
            "]]",
            "{\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\"",
            ",",
            ":",
            "999999999999999999999999999999",
            "\"type\":\"done\"",
            "\"id\":{}",
            "\r",
            "\ufeff",
            "[".repeat(300),
            "/*",
            "'",
            "true false");

    private static byte[] line(Random random) {
        byte[] line = LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.UTF_8);
        for (int mistakes = random.nextInt(4); mistakes > 0; mistakes--) {
            line = mutated(line, random);
        }
        return line;
    }

    private static byte[] mutated(byte[] line, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = line.length == 0 ? 0 : random.nextInt(line.length);
        switch (random.nextInt(6)) {
            case 0 -> { // a byte is another one
                byte[] changed = line.clone();
                if (changed.length > 0) {
                    changed[at] = (byte) random.nextInt(256);
                }
                return changed;
            }
            case 1 -> out.write(line, 0, at); // the end is missing
            case 2 -> out.write(line, at, line.length - at); // the beginning is missing
            case 3 -> { // a part is there twice
                out.writeBytes(line);
                out.write(line, at, line.length - at);
            }
            case 4 -> { // something else is in the middle
                out.write(line, 0, at);
                out.writeBytes(PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.UTF_8));
                out.write(line, at, line.length - at);
            }
            default -> { // another message follows without an end of line
                out.writeBytes(line);
                out.writeBytes(LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private void aJobEndsAfter(long seed, boolean speaks) throws IOException {
        Path lines = folder.resolve("lines-" + seed);
        Random random = new Random(seed);
        try (OutputStream file = Files.newOutputStream(lines);
                OutputStream out = new BufferedOutputStream(file)) {
            for (int i = 0; i < LINES_OF_A_PROCESS; i++) {
                out.write(line(random));
                out.write('\n');
            }
        }
        String script = "read -r start; cat " + lines;
        ShellProcess shell = speaks ? ShellProcess.speaking(children, script) : ShellProcess.printing(children, script);
        TaskProcess process = new TaskProcess(shell, false);
        Module module = task -> {
            try (process) {
                process.run(task);
            }
        };
        HarnessRun run = JobHarness.of(() -> module).workDir(folder).run();
        assertTrue(
                List.of(Outcome.COMPLETED, Outcome.RUN_FAILED).contains(run.outcome()),
                () -> "seed " + seed + ": " + run.outcome() + " " + run.thrown());
        if (run.outcome() == Outcome.RUN_FAILED) {
            assertNotNull(run.thrown().getMessage(), "seed " + seed);
        }
        assertFalse(shell.last().get().isAlive(), "seed " + seed);
    }

    @Test
    void aJobThatMeetsThemHasOneOfTheStatedEnds() throws IOException {
        for (long seed = 0; seed < 6; seed++) {
            aJobEndsAfter(SEED + seed, seed % 2 == 0);
        }
    }

    @Test
    @Tag("nightly")
    void eachOfManyJobsThatMeetThemHasOneOfTheStatedEnds() throws IOException {
        for (long seed = 0; seed < MANY / LINES_OF_A_PROCESS; seed++) {
            aJobEndsAfter(SEED + 100 + seed, seed % 2 == 0);
        }
    }
}
