package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server and processes of tasks, killed together at any moment, again and again, with jobs in Python and in the shell. Afterwards each job
 * is there, each result once, and no process.
 */
@NeedsProgram({"python3", "setsid", "flock"})
class DoubleKillsIT {

    private static final int AT_ONCE = 4;
    private static final int TO = 60;
    private static final long LONGEST_PAUSE_MS = 400;

    private static final String PYTHON = """
            import asyncio, subprocess
            from sweatpants import Module

            class Counter(Module):
                async def run(self, inputs, settings):
                    subprocess.Popen(["setsid", "sleep", "600"])
                    for i in range(self.get_checkpoint("n", 0), inputs["to"]):
                        await asyncio.sleep(0.03)
                        yield {"n": i + 1}
                        await self.save_checkpoint(n=i + 1)
            """;

    private static final String SHELL = """
            n=${PAWL_CHECKPOINT_N:-0}
            sleep 600 &
            while [ "$n" -lt "$PAWL_INPUT_TO" ]; do
              n=$((n + 1))
              sleep 0.03
              pawl-task emit "{\\"n\\": $n}"
              pawl-task checkpoint "{\\"n\\": $n}" || exit $?
            done
            """;

    /** Who is killed, in this order. */
    private enum Victims {
        SERVER,
        CHILD_THEN_SERVER,
        SERVER_THEN_CHILD,
        SUPERVISOR_THEN_SERVER,
        CHILD
    }

    @TempDir
    Path folder;

    private Server server;
    private Api api;
    private final Set<String> jobs = new LinkedHashSet<>();
    private final Set<String> mayFail = new LinkedHashSet<>();
    private final Map<Victims, Integer> kills = new EnumMap<>(Victims.class);

    @Test
    void sixKillsLoseAndDoubleNothing(TestReporter reporter) throws IOException {
        kill(6, reporter);
    }

    @Test
    @Tag("nightly")
    void twoHundredKillsLoseAndDoubleNothing(TestReporter reporter) throws IOException {
        kill(200, reporter);
    }

    private void kill(int times, TestReporter reporter) throws IOException {
        long seed = Long.getLong("pawl.torture.seed", System.nanoTime());
        Random random = new Random(seed);
        start();
        FolderModule.python(folder, "in-python", "1.0.0", ", \"results\": \"exact\"", PYTHON);
        FolderModule.shell(folder, "in-shell", SHELL);
        for (String module : List.of("in-python", "in-shell")) {
            api.post(
                            "/modules/install",
                            Map.of("source_path", folder.resolve(module).toString()))
                    .expect(200);
        }
        for (int round = 0; round < times; round++) {
            feed();
            awaitWork("round " + round + ", seed " + seed);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(LONGEST_PAUSE_MS)));
            strike(Victims.values()[round % Victims.values().length]);
        }
        Report report = audit();
        server.close();
        Eventually.eventually("nothing is left", Duration.ofSeconds(10), () -> Processes.ofModules(folder)
                .isEmpty());
        reporter.publishEntry("kills", kills + ", seed " + seed + ", " + report);
        assertEquals(List.of(), report.violations(), "seed " + seed);
        assertTrue(report.completed() > 0, report::toString);
    }

    private void start() {
        server = Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of());
        api = server.api();
    }

    /** Keeps some jobs at work. */
    private void feed() {
        long working = jobs.stream()
                .map(job -> api.job(job).get("status").asText())
                .filter(status -> status.equals("pending") || status.equals("running"))
                .count();
        for (long n = working; n < AT_ONCE; n++) {
            jobs.add(api.start(n % 2 == 0 ? "in-python" : "in-shell", Map.of("to", TO)));
        }
    }

    private void awaitWork(String when) {
        try {
            // Jobs that were there at two ends without progress are tried one by one, 10 s apart (ADR 12).
            Eventually.eventually("a process works", Duration.ofMinutes(3), () -> !Processes.ofModules(folder)
                    .isEmpty());
        } catch (AssertionError idle) {
            List<JsonNode> states = jobs.stream().map(api::job).toList();
            throw new AssertionError(when + ": no process works. " + states + "\n" + server.said(), idle);
        }
    }

    private void strike(Victims victims) {
        kills.merge(victims, 1, Integer::sum);
        List<ProcessHandle> processes = Processes.ofModules(folder);
        switch (victims) {
            case SERVER -> server.kill();
            case CHILD_THEN_SERVER -> {
                mayFail.addAll(jobs);
                processes.forEach(ProcessHandle::destroyForcibly);
                server.kill();
            }
            case SERVER_THEN_CHILD -> {
                server.kill();
                processes.forEach(ProcessHandle::destroyForcibly);
            }
            case SUPERVISOR_THEN_SERVER -> {
                Processes.supervisors(server.pid()).forEach(ProcessHandle::destroyForcibly);
                server.kill();
            }
            case CHILD -> {
                mayFail.addAll(jobs);
                processes.forEach(ProcessHandle::destroyForcibly);
                return; // the server goes on
            }
        }
        Instant killed = Instant.now();
        start();
        List<ProcessHandle> left = Processes.ofModules(folder).stream()
                .filter(process -> process.info()
                        .startInstant()
                        .map(killed.minusSeconds(1)::isAfter)
                        .orElse(false))
                .toList();
        assertEquals(List.of(), left, "processes of the killed server, after " + victims);
    }

    /**
     * The outcomes of the jobs.
     *
     * @param failed jobs whose process was killed while the server went on, or had a moment to see it
     * @param givenUp jobs that reached no checkpoint between three kills of the server, which must fail (ADR 12)
     */
    private record Report(int jobs, int completed, int failed, int givenUp, List<String> violations) {}

    private Report audit() {
        List<String> violations = new ArrayList<>();
        int completed = 0;
        int failed = 0;
        int givenUp = 0;
        for (String job : jobs) {
            JsonNode end = api.awaitEnd(job);
            List<Integer> results =
                    api.results(job).stream().map(row -> row.get("n").asInt()).toList();
            boolean all = end.get("status").asText().equals("completed");
            boolean ours = end.get("error").asText().contains("SIGKILL") && mayFail.contains(job);
            boolean suspected = end.get("error").asText().contains("the job made no progress in between");
            completed += all ? 1 : 0;
            failed += ours ? 1 : 0;
            givenUp += suspected ? 1 : 0;
            int expected =
                    all ? TO : suspected ? end.path("checkpoint").path("n").asInt() : results.size();
            if (!(all || ours || suspected)
                    || !results.equals(
                            IntStream.rangeClosed(1, expected).boxed().toList())) {
                violations.add(job + ": " + end + " " + results);
            }
        }
        return new Report(jobs.size(), completed, failed, givenUp, violations);
    }
}
