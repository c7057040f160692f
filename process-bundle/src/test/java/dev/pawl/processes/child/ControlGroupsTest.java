package dev.pawl.processes.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes in control groups, as far as this machine lets its user make some. The test itself stays in the group where it is. */
@NeedsProgram({"setsid", "env", "prlimit"})
class ControlGroupsTest {

    private static final int MOST_TASKS = 40;
    private static final int CPU_PERCENT = 20;
    private static final long MB = 1 << 20;
    private static final Containment CONTAINMENT = new Containment(MOST_TASKS, 128, CPU_PERCENT, true, List.of());

    /** A bomb that goes on when it gets no more processes. */
    private static final String BOMB = """
            import os, time
            while True:
                try:
                    if os.fork() == 0:
                        os.setsid()
                        time.sleep(120)
                        os._exit(0)
                except OSError:
                    time.sleep(0.1)
            """;

    @TempDir
    Path folder;

    private Path given;
    private Children children;

    @BeforeEach
    void makeAGroup() throws IOException {
        Path root = mounted();
        given = root.resolve("pawl-test-" + UUID.randomUUID());
        try {
            Files.createDirectory(given);
        } catch (IOException e) {
            abort("this machine lets its user make no control groups of version 2: " + e.getMessage());
        }
        assumeTrue(Files.exists(given.resolve("cgroup.kill")), "the kernel is older than 5.14");
        children = new Children(
                folder.resolve("processes.mark"),
                Thread.currentThread().getThreadGroup(),
                CONTAINMENT,
                new Delegation(given, ""));
    }

    private static Path mounted() throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        assumeTrue(Files.exists(mounts), "this system shows no control groups");
        try (Stream<String> lines = Files.lines(mounts)) {
            List<String> found = lines.map(line -> line.split(" ", -1))
                    .filter(parts -> parts[2].equals("cgroup2"))
                    .map(parts -> parts[1])
                    .toList();
            assumeTrue(!found.isEmpty(), "this system has no control groups of version 2");
            return Path.of(found.get(0));
        }
    }

    @AfterEach
    void removeTheGroup() throws IOException {
        if (children != null) {
            children.close();
            try (Stream<Path> left = Files.list(given)) {
                assertEquals(List.of(), left.filter(Files::isDirectory).toList(), "groups that stayed");
            }
        }
        Files.deleteIfExists(given);
    }

    private Child start(Limits limits, String script) throws IOException {
        return children.start(
                List.of("/bin/sh", "-c", script),
                folder,
                ChildEnvironment.of(System.getenv(), List.of()),
                limits,
                new MessageParser(false));
    }

    private void needs(String controller) {
        assumeTrue(isThere(controller), "the controller " + controller + " is none of cgroup v2 on this machine");
    }

    /** Whether the controller is handed on to groups, and not bound to a hierarchy of version 1. */
    private boolean isThere(String controller) {
        try {
            ControlGroup.write(given.resolveSibling("cgroup.subtree_control"), "+" + controller);
            return true;
        } catch (IOException elsewhere) {
            return false;
        }
    }

    /** The one process that sleeps for so long, told by its command. */
    private static boolean sleeps(String seconds) {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info().arguments().stream()
                .anyMatch(arguments -> List.of(arguments).equals(List.of(seconds))));
    }

    private static String unlikely() {
        return "3" + Math.abs(UUID.randomUUID().getLeastSignificantBits() % 100_000_000);
    }

    @Test
    void aProcessThatLeftItsSessionAndForgotItsMarkEndsWithItsTask() throws IOException {
        String seconds = unlikely();
        Child child = start(Limits.NONE, "env -i setsid sleep " + seconds + " & sleep 120");
        Eventually.eventually("it sleeps", Duration.ofSeconds(30), () -> sleeps(seconds));
        child.kill();
        Eventually.eventually("its parent has ended", Duration.ofSeconds(30), () -> !child.isAlive());
        child.close();
        Eventually.eventually("it has ended", Duration.ofSeconds(30), () -> !sleeps(seconds));
    }

    @Test
    void whatIsLeftInTheGroupIsCountedWhenTheTaskHasEnded() throws IOException {
        String seconds = unlikely();
        Child child = start(Limits.NONE, "env -i setsid sleep " + seconds + " & exit 0");
        Eventually.eventually("it sleeps", Duration.ofSeconds(30), () -> sleeps(seconds) && !child.isAlive());
        assertEquals(1, child.sweep());
        child.close();
        Eventually.eventually("it has ended", Duration.ofSeconds(30), () -> !sleeps(seconds));
    }

    @Test
    void theNextServerEndsTheGroupOfAKilledOne() throws IOException {
        String seconds = unlikely();
        Child child = start(Limits.NONE, "env -i setsid sleep " + seconds + " & sleep 120");
        Eventually.eventually("it sleeps", Duration.ofSeconds(30), () -> sleeps(seconds));
        Path mark = Files.copy(folder.resolve("processes.mark"), folder.resolve("earlier.mark"));
        assertTrue(Children.sweepEarlier(mark) >= 2, "fewer than there were");
        Eventually.eventually("both have ended", Duration.ofSeconds(30), () -> !sleeps(seconds) && !child.isAlive());
        child.close();
    }

    @Test
    void aSentenceSaysHowTasksAreBounded() throws IOException {
        start(Limits.NONE, "exit 0").close();
        Children.Bounds bounds = children.bounds();
        assertTrue(bounds.sentence().startsWith("Processes of tasks are ended by control groups"), bounds::sentence);
        assertFalse(bounds.sentence().contains("/"), bounds::sentence);
        boolean cpu = Files.readString(given.resolve("cgroup.controllers")).contains("cpu");
        assertEquals(!cpu, bounds.lacksCpu());
    }

    @Test
    void aTaskThatTakesMoreMemoryIsEndedByTheKernel() throws IOException {
        needs("memory");
        // More than it may take, by many processes with little each: the limit of single ones does not see it.
        Child child = start(
                Limits.ofProgram(64 * MB),
                "for i in 1 2 3 4 5; do (head -c 20971520 /dev/zero; sleep 120) | tail -c 20971520 & done; wait");
        Eventually.eventually("it is ended", Duration.ofSeconds(30), () -> !child.isAlive());
        assertTrue(
                String.valueOf(child.endedFor()).contains("all the memory that it may take, 64 MB"),
                () -> String.valueOf(child.endedFor()));
        child.close();
    }

    @Test
    @NeedsProgram("python3")
    void aTaskGetsNoMoreProcessesThanItMayHaveAndIsEnded() throws IOException {
        needs("pids");
        Child child = start(Limits.NONE, "exec env -i python3 -c '" + BOMB + "'");
        Eventually.eventually("it is ended", Duration.ofSeconds(60), () -> !child.isAlive());
        assertTrue(
                String.valueOf(child.endedFor()).contains("and may have " + MOST_TASKS),
                () -> String.valueOf(child.endedFor()));
        child.close();
    }

    @Test
    void aTaskGetsItsShareOfTheProcessors() throws IOException {
        needs("cpu");
        Child child = start(Limits.NONE, "while :; do :; done");
        Path stat = Objects.requireNonNull(child.controlGroup()).folder().resolve("cpu.stat");
        Eventually.eventually("it waits for its share", Duration.ofSeconds(30), () -> Files.readAllLines(stat).stream()
                .anyMatch(line -> line.matches("nr_throttled [1-9]\\d*")));
        child.close();
    }
}
