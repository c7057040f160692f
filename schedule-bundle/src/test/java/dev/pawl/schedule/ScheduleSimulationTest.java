package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.schedule.ScheduleWorld.Tally;
import dev.pawl.store.sqlite.SqliteSchedules;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No due time twice and none silently lost, in random worlds. The properties say how many, and where to begin. */
class ScheduleSimulationTest {

    private static final int MOMENTS = 60;

    @TempDir
    Path folder;

    /** Begins a world on an empty store. */
    ScheduleWorld world(long seed) throws Exception {
        SettableClock clock = ScheduleWorld.clock();
        SqliteStore store = SqliteStore.open(folder.resolve("world-" + seed + ".db"), clock);
        SqliteSchedules schedules = new SqliteSchedules(store);
        return new ScheduleWorld(seed, clock, () -> new OpenedStore(store, schedules, () -> {})) {
            @Override
            public void close() {
                super.close();
                store.close();
            }
        };
    }

    @Test
    void eachDueTimeHasOneJobOrOneReasonWhateverHappens() throws Exception {
        long first = Long.getLong("pawl.simulation.seed", 1);
        int worlds = Integer.getInteger("pawl.simulation.seeds", 8);
        Tally all = new Tally();
        for (long seed = first; seed < first + worlds; seed++) {
            try (ScheduleWorld world = world(seed)) {
                world.run(MOMENTS);
                all.add(world.tally);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("World " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(all.kills > worlds && all.fires > worlds, "Little happened.");
        System.Logger log = System.getLogger(ScheduleSimulationTest.class.getName());
        log.log(
                System.Logger.Level.INFO,
                "{0} worlds: {1} kills, the clock was set {2} times, {3} due times in {4} lines of history",
                worlds,
                all.kills,
                all.clockSet,
                all.dueTimes,
                all.fires);
    }
}
