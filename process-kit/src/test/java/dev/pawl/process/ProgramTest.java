package dev.pawl.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.TaskContext;
import dev.pawl.process.ProgramOutput.Source;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {

    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    private static Program shell(String script) {
        return Program.of(SHELL, List.of("-c", script));
    }

    /** Runs it as a task does, and keeps its lines. */
    private Exit run(Program program) {
        Exit[] exit = new Exit[1];
        HarnessRun run = JobHarness.of(
                        () -> task -> exit[0] = program.run(task, (source, line) -> lines.add(source + " " + line)))
                .run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        return Objects.requireNonNull(exit[0]);
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        Path program = Files.writeString(folder.resolve("arguments"), "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n");
        assertTrue(program.toFile().setExecutable(true));

        run(Program.of(program, List.of("two words", "", "$HOME `id` \"'\\", "-n", "größe")));

        assertEquals(List.of("OUT <two words>", "OUT <>", "OUT <$HOME `id` \"'\\>", "OUT <-n>", "OUT <größe>"), lines);
    }

    @Test
    void bothStreamsAreReadLineByLineAndACarriageReturnEndsALine() {
        Exit exit = run(shell("printf 'a\\rb\\r\\n\\nlast'; printf 'wrong\\n' >&2; exit 3"));

        assertEquals(
                List.of("OUT a", "OUT b", "OUT ", "OUT last"),
                lines.stream().filter(line -> line.startsWith("OUT")).toList());
        assertTrue(lines.contains("ERR wrong"));
        assertEquals(3, exit.code());
        assertFalse(exit.isSuccess());
        assertTrue(exit.sentence().startsWith("ended with exit code 3: "), exit.sentence());
        assertTrue(exit.lastLines().containsAll(List.of("a", "b", "last", "wrong")), exit.lastLines()::toString);
    }

    @Test
    void theSignalThatEndedItIsNamed() {
        Exit exit = run(shell("kill -s SEGV $$"));

        assertTrue(exit.killedBy("SIGSEGV"), exit.sentence());
        assertEquals("was ended by SIGSEGV and said nothing.", exit.sentence());
        assertNull(run(shell("exit 0")).signal());
    }

    @Test
    void aMillionLinesComeWithoutLossAndAnEndlessOneIsCut() {
        long[] sum = new long[2];
        JobHarness.of(() ->
                        task -> Program.of(SHELL, List.of("-c", "seq 1000000; head -c 300000 /dev/zero | tr '\\0' x"))
                                .run(task, (source, line) -> {
                                    if (line.startsWith("x")) {
                                        sum[1] = line.length();
                                    } else {
                                        sum[0] += Long.parseLong(line);
                                    }
                                }))
                .run();

        assertEquals(1_000_000L * 1_000_001 / 2, sum[0]);
        assertEquals(LineReader.MOST_CHARACTERS, sum[1]);
    }

    @Test
    void itReadsItsInputFileAndOtherwiseNothing() throws IOException {
        Path input = Files.writeString(folder.resolve("in put"), "one\ntwo\n");

        run(shell("cat").input(input));
        run(shell("cat"));

        assertEquals(List.of("OUT one", "OUT two"), lines);
    }

    @Test
    void itSeesLittleOfTheServersEnvironmentAndWorksInItsFolder() {
        run(shell("env | cut -d= -f1 | sort; pwd")
                .folder(folder)
                .environment(Map.of("EXTRA", "1"))
                .environment(Map.of("OTHER", "2")));

        assertTrue(lines.containsAll(List.of("OUT EXTRA", "OUT OTHER", "OUT PATH", "OUT LC_ALL", "OUT " + folder)));
        List<String> allowed = List.of(
                "EXTRA",
                "OTHER",
                "PATH",
                "HOME",
                "USER",
                "LOGNAME",
                "TMPDIR",
                "TZ",
                "LC_ALL",
                "PAWL_PROGRAM",
                "PWD",
                "OLDPWD",
                "SHLVL",
                "_");
        assertEquals(
                List.of(),
                lines.stream()
                        .map(line -> line.substring("OUT ".length()))
                        .filter(name -> !name.startsWith("/") && !allowed.contains(name))
                        .toList());
    }

    @Test
    void aProgramThatIsNotThereCannotBeStarted() {
        HarnessRun run = JobHarness.of(() -> task -> Program.of(folder.resolve("missing"), List.of())
                        .folder(folder.resolve("no"))
                        .run(task, (source, line) -> {}))
                .run();

        assertInstanceOf(IOException.class, run.thrown());
    }

    @Test
    void aProgramThatTakesTooLongIsEnded() {
        Exit exit = run(shell("echo begun; sleep 300").limit(Duration.ofMillis(300)));

        assertTrue(exit.timedOut());
        assertFalse(exit.isSuccess());
        assertEquals("was ended since it took too long: begun", exit.sentence());
    }

    @Test
    void whatTheProgramLeavesRunningEndsWithIt() throws Exception {
        run(shell("sleep 300 & echo $!; setsid sleep 300 & echo $!; sleep 0.2"));

        for (String line : lines) {
            assertGone(Long.parseLong(line.substring("OUT ".length())));
        }
        assertEquals(2, lines.size());
    }

    @Test
    void aStoppedTaskEndsTheProgramWithAllItsChildren() throws Exception {
        JobHarness job =
                JobHarness.of(() -> task -> shell("sleep 300 & echo $!; setsid sleep 300 & echo $!; echo $$; wait")
                        .run(task, this::keep));
        FutureTask<HarnessRun> run = new FutureTask<>(job::run);
        new Thread(run).start();
        awaitLines(3);
        long begun = System.nanoTime();
        job.stop();

        assertEquals(Outcome.STOPPED, run.get(30, TimeUnit.SECONDS).outcome());
        assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5));
        for (long pid : pids()) {
            assertGone(pid);
        }
    }

    @Test
    void aProgramWithAGraceTimeMayCleanUp() throws Exception {
        Path note = folder.resolve("note");
        JobHarness job = JobHarness.of(() ->
                task -> shell("trap 'echo bye > " + note + "; exit 0' TERM; echo $$; while :; do sleep 0.05; done")
                        .grace(Duration.ofSeconds(20))
                        .run(task, this::keep));
        FutureTask<HarnessRun> run = new FutureTask<>(job::run);
        new Thread(run).start();
        awaitLines(1);
        job.stop();

        assertEquals(Outcome.STOPPED, run.get(30, TimeUnit.SECONDS).outcome());
        assertEquals("bye\n", Files.readString(note));
    }

    @Test
    void theNextRunEndsWhatAnEarlierOneLeftButNotTheProgramsOfAnotherServer() throws Exception {
        Process other = new ProcessBuilder("sleep", "300").start();
        JobHarness job = JobHarness.of(() -> task -> {
            if (task.epoch() == 1) {
                String mark = Strays.mark(task.idempotencyKey("program"), task.epoch(), 1);
                leave(mark);
                leave(mark.replace("." + ProcessHandle.current().pid() + ".", "." + other.pid() + "."));
                task.checkpoint(Map.of("begun", true));
            }
            shell("true").run(task, (source, line) -> {});
        });
        job.pauseAtCheckpoint(1);

        assertEquals(Outcome.PAUSED, job.run().outcome());
        assertTrue(isAlive(pids().get(0)));
        assertEquals(Outcome.COMPLETED, job.run().outcome());
        assertGone(pids().get(0));
        assertTrue(isAlive(pids().get(1)));
        ProcessHandle.of(pids().get(1)).orElseThrow().destroyForcibly();
        other.destroyForcibly();
    }

    @Test
    void nothingOutlivesAKilledServer() throws Exception {
        Path numbers = folder.resolve("numbers");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes(KilledServer.class)
                                + File.pathSeparator
                                + classes(Program.class)
                                + File.pathSeparator
                                + classes(TaskContext.class),
                        KilledServer.class.getName(),
                        numbers.toString())
                .inheritIO()
                .start();
        Eventually.eventually(
                "the processes run",
                () -> Files.exists(numbers) && Files.readString(numbers).lines().count() == 3);
        List<Long> pids =
                Files.readAllLines(numbers).stream().map(Long::parseLong).toList();
        for (long pid : pids) {
            assertTrue(ProcessHandle.of(pid).isPresent());
        }
        server.destroyForcibly().waitFor();

        for (long pid : pids) {
            assertGone(pid);
        }
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Leaves a process with that mark behind. */
    private void leave(String mark) throws IOException {
        ProcessBuilder left = new ProcessBuilder("sleep", "300");
        left.environment().put("PAWL_PROGRAM", mark);
        keep(Source.OUT, String.valueOf(left.start().pid()));
    }

    private void keep(Source source, String line) {
        synchronized (lines) {
            lines.add(source + " " + line);
            lines.notifyAll();
        }
    }

    private void awaitLines(int number) throws InterruptedException {
        synchronized (lines) {
            while (lines.size() < number) {
                lines.wait();
            }
        }
    }

    private List<Long> pids() {
        synchronized (lines) {
            return lines.stream()
                    .map(line -> Long.parseLong(line.substring("OUT ".length())))
                    .toList();
        }
    }

    /** Waits until a process has ended; a dead one that nobody has reaped yet does not count. */
    private static void assertGone(long pid) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (isAlive(pid)) {
            assertTrue(System.nanoTime() < end, "process " + pid + " lives");
            Thread.onSpinWait();
        }
    }

    private static boolean isAlive(long pid) throws IOException {
        try {
            return !Files.readString(Path.of("/proc", String.valueOf(pid), "stat"))
                    .matches("(?s).*\\) [ZX] .*");
        } catch (IOException gone) {
            return false;
        }
    }
}
