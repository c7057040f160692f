package dev.pawl.it.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The torture of three servers on one PostgreSQL; {@code integration-tests/torture --servers 3} runs it with other numbers. */
class ClusterTortureIT {

    private static final int SERVERS = 3;

    @TempDir
    Path folder;

    @Test
    @Tag("nightly")
    void noJobIsLostOrDoubledHoweverServersAndTheirDatabaseFail(TestReporter reporter) throws Exception {
        long seed = Long.getLong("pawl.torture.seed", System.nanoTime());
        ClusterReport report = new ClusterTorture(folder, seed, SERVERS, said -> reporter.publishEntry("torture", said))
                .run(Integer.getInteger("pawl.cluster.faults", 27));
        reporter.publishEntry("torture", report.toString());
        assertEquals(List.of(), report.violations(), report::toString);
        assertTrue(report.jobs() > 100, () -> "there was too little load: " + report);
        assertTrue(report.killed().longestMs() < 18_000, report::toString);
    }
}
