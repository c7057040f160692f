package dev.pawl.samples.ffmpeg;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encodes that are stopped, crash, or lose their server; FFmpeg is called through a script that keeps count. */
@NeedsProgram({"ffmpeg", "ffprobe", "sh"})
final class InterruptedEncodeTest {

    /** Ample for a busy machine, and less than what is stopped would take to its own end. */
    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    private Path root;
    private Path out;
    private Path calls;

    @BeforeAll
    static void makeMedia() throws IOException, InterruptedException {
        new GeneratedMedia(media).film("film.mkv", 20, 10);
    }

    @BeforeEach
    void takeMedia() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        out = root.resolve("out.mkv");
        calls = folder.resolve("calls");
        Files.createLink(root.resolve("film.mkv"), media.resolve("film.mkv"));
    }

    /** A job whose FFmpeg is a script that notes its process id and does {@code then}. */
    private JobHarness job(String inputOptions, String then) throws IOException {
        Path script = folder.resolve("ffmpeg");
        Files.writeString(script, "#!/bin/sh\necho $$ >> '" + calls + "'\n" + then + "\nexec ffmpeg \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return JobHarness.of(FfmpegModule::new)
                .inputs(OrderHarness.json("""
                        {"input_options": %s, "sources": ["film.mkv"], "source_maps": [{"source": 0}], "output_file": "out.mkv",
                         "output_maps": [{"specifier": "v", "stream": 0, "options": {"codec": "copy"}}]}""".formatted(inputOptions)))
                .settings(Map.of("root", root.toString(), "ffmpeg", script.toString()))
                .roots(root)
                .workDir(folder);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> names = Files.list(root)) {
            return names.map(name -> String.valueOf(name.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void aStopEndsFfmpegSoonAndLeavesNothing() throws Exception {
        JobHarness job = job("{\"re\": true}", ""); // in real time: it takes 20 s
        CompletableFuture<HarnessRun> run = CompletableFuture.supplyAsync(job::run);
        eventually("ffmpeg writes", () -> names().stream().anyMatch(name -> name.startsWith(".")));
        ProcessHandle ffmpeg = ProcessHandle.of(Long.parseLong(calls().get(0))).orElseThrow();

        long begin = System.nanoTime();
        job.stop();
        eventually("ffmpeg ends", () -> !ffmpeg.isAlive());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertEquals(
                Outcome.STOPPED,
                run.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS).outcome());
        assertTrue(taken.compareTo(MOST_FOR_A_STOP) < 0, () -> "took " + taken);
        assertEquals(List.of("film.mkv"), names());
    }

    @Test
    void aCrashIsTriedOnceMore() throws IOException {
        HarnessRun run = job("{}", "[ $(wc -l < '" + calls + "') -gt 1 ] || kill -s SEGV $$")
                .run();

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertEquals(2, calls().size());
        assertTrue(run.lines().contains("ffmpeg crashed (SIGSEGV); the encode begins again."));
    }

    @Test
    void aSecondCrashFailsTheJob() throws IOException {
        HarnessRun run = job("{}", "echo 'oh dear' >&2; kill -s SEGV $$").run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertEquals(
                "ffmpeg was ended by SIGSEGV: oh dear",
                String.valueOf(run.thrown().getMessage()));
        assertEquals(2, calls().size());
        assertEquals(List.of("film.mkv"), names());
    }

    @Test
    void aKillSignalIsNotTriedAgain() throws IOException {
        HarnessRun run = job("{}", "kill -s KILL $$").run();

        assertEquals(
                "ffmpeg was ended by SIGKILL and said nothing.",
                String.valueOf(run.thrown().getMessage()));
        assertEquals(1, calls().size());
    }

    @Test
    void aFileThatComesToBeDuringTheEncodeIsNotReplaced() throws IOException {
        HarnessRun run = job("{}", "echo other > '" + out + "'").run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertEquals(
                "The output file " + out + " has come to be during the encode; remove it, or set overwrite.",
                String.valueOf(run.thrown().getMessage()));
        assertEquals("other\n", Files.readString(out));
        assertEquals(List.of("film.mkv", "out.mkv"), names());
    }

    @Test
    void whatIsFinishedIsNotEncodedAgain() throws IOException {
        JobHarness job = job("{}", "").killAtEmit(1);
        assertEquals(Outcome.KILLED, job.run().outcome());
        assertTrue(Files.exists(out));

        HarnessRun resumed = job.run();

        assertEquals(Outcome.COMPLETED, resumed.outcome(), () -> String.valueOf(resumed.thrown()));
        assertEquals(1, calls().size());
        assertEquals(1, resumed.results().size());
        assertEquals(List.of("film.mkv", "out.mkv"), names());
    }

    @Test
    void aPauseAtTheEndKeepsTheEncode() throws IOException {
        JobHarness job = job("{}", "").pauseAtCheckpoint(1);
        assertEquals(Outcome.PAUSED, job.run().outcome());
        assertFalse(Files.exists(out));

        HarnessRun resumed = job.run();

        assertEquals(Outcome.COMPLETED, resumed.outcome(), () -> String.valueOf(resumed.thrown()));
        assertEquals(1, calls().size());
        assertEquals(List.of("film.mkv", "out.mkv"), names());
    }

    @Test
    void aMissingProgramIsNamedWithItsRemedy() throws IOException {
        JobHarness job = job("{}", "").settings(Map.of("root", root.toString(), "ffmpeg", "/no/such/ffmpeg"));

        HarnessRun run = job.run();

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertEquals(
                "The setting for the program ffmpeg is \"/no/such/ffmpeg\", which is not the absolute path of an executable file.",
                String.valueOf(run.thrown().getMessage()));
    }
}
