package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ListsRunsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    @Test
    void aRunThatSaysNothingShowsItsModulesVersion() {
        modules.put("waits", () -> task -> letGo.await());
        running.modulesChanged();
        String id = running.start("waits");
        eventually("its version is known", () -> {
            List<Run> runs = running.scheduler.runs(id);
            return runs.size() == 1 && "1.0.0".equals(runs.get(0).moduleVersion());
        });
    }

    @Test
    void aModuleThatCannotBeMadeShowsItsVersion() {
        modules.put("broken", () -> {
            throw new IllegalStateException("no");
        });
        running.modulesChanged();
        String id = running.start("broken");
        running.awaitStatus(id, JobStatus.FAILED);
        assertEquals("1.0.0", running.scheduler.runs(id).get(0).moduleVersion());
    }

    @Test
    void aRunWhoseServerWasKilledIsListedAsCrashed() {
        modules.put("waits", () -> task -> {
            if (task.epoch() == 1) {
                letGo.await();
            }
        });
        running.modulesChanged();
        String id = running.start("waits");
        eventually("its version is known", () -> running.job(id).state().moduleVersion() != null);
        running.crash();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(
                List.of(RunOutcome.CRASHED, RunOutcome.COMPLETED),
                running.scheduler.runs(id).stream().map(Run::outcome).toList());
    }
}
