package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of modules that are installed but accept none at the moment. */
class TakesJobsForLaterTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    @Test
    void aJobOfAModuleThatIsDisabledWaitsUntilItIsBack() {
        FakeModules.Kind kind = running.modules.put("quick", () -> task -> {});
        running.modules.withdraw("quick", ModuleState.DISABLED, "Its bundle is stopped, or will be.");

        String id = running.start("quick");

        assertEquals(ReasonCode.MODULE_DISABLED, running.scheduler.why(id).code());
        running.modules.putBack(kind);
        running.modulesChanged();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aJobOfAModuleThatGoesWithItsLastJobIsRefused() {
        running.modules.put("quick", () -> task -> {});
        running.modules.withdraw("quick", ModuleState.RETIRING, "Its bundle goes when the last job has ended.");

        CompletionException refused = assertThrows(CompletionException.class, () -> running.start("quick"));

        assertTrue(String.valueOf(refused.getMessage()).contains("There is no module \"quick\""), refused.toString());
    }
}
