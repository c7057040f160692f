package dev.pawl.it.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The torture in small. By hand, with the seed it printed to see a failure again:
 * {@code mvn -pl integration-tests -am verify -Dit.test=TortureIT -Dpawl.torture.kills=1000 -Dpawl.torture.seed=42}.
 */
class TortureIT {

    @TempDir
    Path folder;

    @Test
    void noJobIsLostOrDoubledHoweverOftenTheServerIsKilled(TestReporter reporter) throws Exception {
        int kills = Integer.getInteger("pawl.torture.kills", 20);
        long seed = Long.getLong("pawl.torture.seed", System.nanoTime());
        reporter.publishEntry("torture", "kills " + kills + ", seed " + seed);
        Torture torture = new Torture(folder.resolve("data"), Path.of(System.getProperty("java.home")), seed);
        Torture.Report report = torture.run(kills);
        reporter.publishEntry("torture", report.toString());
        assertEquals(List.of(), report.violations(), () -> "seed " + seed + ": " + report);
        assertTrue(report.jobs() > kills, () -> "hardly any load was put on: " + report);
    }
}
