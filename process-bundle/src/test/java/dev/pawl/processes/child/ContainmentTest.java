package dev.pawl.processes.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.api.module.InitializationException;
import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that take more than they may, or reach for what is not theirs, each ended alone. */
@NeedsProgram({"setsid", "setpriv", "prlimit"})
class ContainmentTest {

    private static final int MOST_TASKS = 40;
    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private Children children;

    @BeforeEach
    void prepare() {
        children = new Children(
                folder.resolve("processes.mark"),
                Thread.currentThread().getThreadGroup(),
                new Containment(MOST_TASKS, 128, 0, false, List.of()));
    }

    @AfterEach
    void end() {
        children.close();
    }

    private Child start(Limits limits, String script) throws IOException {
        return children.start(
                List.of("/bin/sh", "-c", script),
                folder,
                ChildEnvironment.of(System.getenv(), List.of()),
                limits,
                new MessageParser(false));
    }

    /** The lines of standard error, to the end of the process. */
    private static List<String> lines(Child child) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Child.Output output;
        do {
            output = child.take(1_000);
            lines.addAll(output.errorLines());
        } while (!output.over());
        return lines;
    }

    private static void isEndedFor(String sentence, Child child) {
        Eventually.eventually("it is ended", Duration.ofSeconds(30), () -> !child.isAlive());
        assertTrue(String.valueOf(child.endedFor()).contains(sentence), () -> String.valueOf(child.endedFor()));
        child.close();
        Eventually.eventually("nothing of it is left", Duration.ofSeconds(10), () -> MarkedProcesses.find(child.mark())
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i=0; while [ $i -lt 200 ]; do sleep 120 & i=$((i+1)); done; wait",
                "i=0; while [ $i -lt 200 ]; do setsid sleep 120 & i=$((i+1)); done; wait; sleep 120",
                "bomb() { [ $1 -gt 0 ] && { bomb $(($1 - 1)) & bomb $(($1 - 1)) & }; sleep 120; }; bomb 6"
            })
    void aForkBombIsEndedWithAllThatItStarted(String bomb) throws IOException {
        isEndedFor("and may have " + MOST_TASKS, start(Limits.NONE, bomb));
    }

    @Test
    void manySmallProcessesAreHeldToTheMemoryOfTheTaskTogether() throws IOException {
        String hogs = "for i in 1 2 3 4 5; do (head -c 41943040 /dev/zero; sleep 120) | tail -c 41943040 & done; wait";
        isEndedFor("and may take 100 MB", start(Limits.ofProgram(100 * MB), hogs));
    }

    @Test
    @NeedsProgram("python3")
    void aSingleProcessGetsNoMoreMemoryThanItMayTake() throws IOException, InterruptedException {
        Child child = start(Limits.ofProgram(100 * MB), "exec python3 -c 'bytearray(400 << 20)' >&2");
        List<String> lines = lines(child);
        assertTrue(lines.contains("MemoryError"), lines::toString);
        child.awaitExit(10_000);
        assertEquals(1, child.exitCode());
        child.close();
    }

    @Test
    void aProcessHasItsLimitsItsGroupItsSessionAndNoDescriptorOfTheServer() throws IOException, InterruptedException {
        Child child = start(
                Limits.NONE,
                "exec >&2; ulimit -n; ulimit -c; cut -d' ' -f5,6 /proc/$$/stat; ls /proc/$$/fd"
                        + "; grep NoNewPrivs /proc/$$/status | tr -d '\\t'");
        String ids = child.pid() + " " + child.pid();
        assertEquals(List.of("128", "0", ids, "0", "1", "2", "NoNewPrivs:1"), lines(child));
        child.close();
    }

    @Test
    void theEndOfTheThreadThatAskedForAProcessIsNotItsEnd() throws IOException, InterruptedException {
        List<Child> started = new ArrayList<>();
        Thread asking = new Thread(() -> {
            try {
                started.add(start(Limits.NONE, "read -r line; echo \"$line\" >&2"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        asking.start();
        asking.join();
        Child child = started.get(0);
        child.send(Map.of("type", "still there"));
        assertEquals(List.of("{\"type\":\"still there\"}"), lines(child));
        child.close();
    }

    @Test
    void theEndOfTheServersThreadOfProcessesEndsThem() throws IOException {
        Child child = start(Limits.NONE, "trap '' TERM HUP; echo ready >&2; while :; do sleep 1; done");
        Eventually.eventually("it has asked for the signal", Duration.ofSeconds(30), () -> child.take(100)
                .errorLines()
                .contains("ready"));
        children.starter().close();
        Eventually.eventually("the kernel ends it", Duration.ofSeconds(10), () -> !child.isAlive());
        child.close();
    }

    @Test
    void aMachineWithoutTheProgramsStartsProcessesWithoutThem() throws IOException {
        Launcher bare = new Launcher(Containment.USUAL, name -> Optional.empty());
        assertEquals(List.of("true"), bare.line(List.of("true"), folder, Limits.ofProgram(MB)));
    }

    @Test
    void aSandboxThatTheMachineLacksIsRefused() {
        Containment wanted =
                new Containment(10, 64, 0, false, List.of(new Containment.Sandbox(folder, List.of(), List.of())));
        Launcher launcher = new Launcher(wanted, name -> Optional.empty());
        String message = assertThrows(
                        InitializationException.class, () -> launcher.line(List.of("true"), folder, Limits.NONE))
                .getMessage();
        assertTrue(message.contains("apt install bubblewrap"), message);
    }

    @Test
    @NeedsProgram("bwrap")
    void aSandboxShowsNoFileOfTheServerAndWritesOnlyWhereItMay() throws IOException, InterruptedException {
        Process tried = new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true").start();
        assumeTrue(tried.waitFor() == 0, "bubblewrap may make no namespaces on this machine");
        Path data = Files.createDirectory(folder.resolve("data"));
        Path work = Files.createDirectories(data.resolve("work/1"));
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(data.resolve("admin.token"), "token");
        Files.writeString(Files.createDirectory(data.resolve("cache")).resolve("code"), "code");
        Containment wanted = new Containment(
                50,
                128,
                0,
                false,
                List.of(new Containment.Sandbox(data, List.of(data.resolve("cache")), List.of(shared))));
        try (Children sandboxed = new Children(
                folder.resolve("other.mark"), Thread.currentThread().getThreadGroup(), wanted)) {
            Child child = sandboxed.start(
                    List.of("/bin/sh", "-c", """
                            exec >&2
                            trap 'echo asked; exit 0' TERM
                            ls %1$s; cat %1$s/cache/code; echo
                            touch here && touch %2$s/there && echo written
                            touch %1$s/cache/code 2>/dev/null || echo refused
                            echo ready
                            while :; do sleep 0.1; done
                            """.formatted(data, shared)),
                    work,
                    ChildEnvironment.of(System.getenv(), List.of()),
                    Limits.NONE,
                    new MessageParser(false));
            List<String> lines = new ArrayList<>();
            Eventually.eventually("it is ready", Duration.ofSeconds(20), () -> {
                lines.addAll(child.take(100).errorLines());
                return lines.contains("ready") || !child.isAlive();
            });
            assertEquals(List.of("cache", "work", "code", "written", "refused", "ready"), lines);
            child.terminate();
            assertTrue(lines(child).contains("asked"), "it had no time to answer");
            child.close();
        }
        assertTrue(Files.exists(work.resolve("here")) && Files.exists(shared.resolve("there")));
    }
}
