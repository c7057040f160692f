package dev.pawl.it.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A short torture; {@code integration-tests/torture} runs a long one, or repeats one with the seed that a failure printed. */
@Tag("sqlite")
class TortureIT {

    private static final int NIGHTLY_KILLS = Integer.getInteger("pawl.torture.nightly", 150);

    @TempDir
    Path folder;

    @Test
    @Tag("nightly")
    void noJobIsLostOrDoubledThoughAllCoresAreBusy(TestReporter reporter) throws Exception {
        try (BusyCores busy = BusyCores.all()) {
            assertTrue(busy.count() > 0);
            torture(NIGHTLY_KILLS, reporter);
        }
    }

    @Test
    @Tag("nightly")
    void noJobIsLostOrDoubledInHundredsOfLives(TestReporter reporter) throws Exception {
        torture(NIGHTLY_KILLS, reporter);
    }

    @Test
    void noJobIsLostOrDoubledHoweverOftenTheServerIsKilled(TestReporter reporter) throws Exception {
        torture(Integer.getInteger("pawl.torture.kills", 6), reporter);
    }

    private void torture(int kills, TestReporter reporter) throws Exception {
        long seed = Long.getLong("pawl.torture.seed", System.nanoTime());
        Path javaHome = Path.of(System.getProperty("java.home"));
        Torture torture = new Torture(folder, javaHome, seed, said -> reporter.publishEntry("torture", said));
        Report report = torture.run(kills);
        reporter.publishEntry("torture", report.toString());
        assertEquals(List.of(), report.violations(), report::toString);
        assertTrue(report.jobs() > kills, () -> "there was too little load: " + report);
        assertTrue(report.outside().getOrDefault("completed", 0) > 0, () -> "no external worker worked: " + report);
    }
}
