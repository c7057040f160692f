package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Runs simulated worlds: {@code -Dpawl.simulation.seed=S} repeats one and prints all its events; {@code -Dpawl.simulation.seeds=N} sets
 * their number.
 */
class SimulationTest {

    private static final int SEEDS = 500;
    private static final int WORLDS_IN_ONE_STORE = 50;
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir(factory = InMemory.class)
    Path dir;

    /** Creates a folder in memory where possible: that is faster, and simulated deaths need no durable disk. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "pawl-simulation-")
                    : Files.createTempDirectory("pawl-simulation-");
        }
    }

    @Test
    void inEveryWorldAllJobsComeToTheirEndAndNoPromiseIsBroken(TestReporter reporter) throws Exception {
        Long one = Long.getLong("pawl.simulation.seed");
        if (one != null) {
            reporter.publishEntry("events", String.join("\n", play(List.of(one)).events()));
            return;
        }
        playAll(0, Integer.getInteger("pawl.simulation.seeds", SEEDS), reporter);
    }

    @Test
    @Tag("nightly")
    void inTwentyThousandMoreWorldsNoPromiseIsBrokenEither(TestReporter reporter) throws Exception {
        playAll(1_000_000, 20_000, reporter);
    }

    private void playAll(long firstSeed, int seeds, TestReporter reporter) throws Exception {
        List<Callable<Totals>> batches = new ArrayList<>();
        for (long first = firstSeed; first < firstSeed + seeds; first += WORLDS_IN_ONE_STORE) {
            long from = first;
            batches.add(() -> play(
                    LongStream.range(from, from + WORLDS_IN_ONE_STORE).boxed().toList()));
        }
        int transactions = 0;
        int deaths = 0;
        // A world moves one thing at a time and so leaves the machine idle most of the time.
        ExecutorService players =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Future<Totals> batch : players.invokeAll(batches)) {
                transactions += batch.get().transactions();
                deaths += batch.get().deaths();
            }
        } finally {
            players.shutdownNow();
        }
        reporter.publishEntry("simulation", transactions + " transactions, " + deaths + " deaths");
        assertTrue(deaths > 0);
    }

    @Test
    void theSameSeedMakesTheSameWorld() throws Exception {
        for (long seed = 7_000; seed < 7_010; seed++) {
            assertEquals(play(List.of(seed)).events(), play(List.of(seed)).events());
        }
    }

    private record Totals(int transactions, int deaths, List<String> events) {}

    private Totals play(List<Long> seeds) throws Exception {
        SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
        Path here = Files.createTempDirectory(dir, "store-");
        SimulatedModules modules = new SimulatedModules();
        SqliteStore store = SqliteStore.open(here.resolve("pawl.db"), clock);
        int transactions = 0;
        int deaths = 0;
        List<String> events = List.of();
        try {
            for (long seed : seeds) {
                Simulation world = new Simulation(seed, store, modules, here, clock);
                try {
                    world.run();
                } catch (Throwable e) {
                    List<String> last = world.events()
                            .subList(
                                    Math.max(0, world.events().size() - 60),
                                    world.events().size());
                    throw new AssertionError(
                            "World " + seed + " (-Dpawl.simulation.seed=" + seed + "): " + e.getMessage() + "; at last "
                                    + last,
                            e);
                }
                transactions += world.transactions();
                deaths += world.deaths();
                events = world.events();
            }
        } finally {
            store.close();
        }
        return new Totals(transactions, deaths, events);
    }
}
