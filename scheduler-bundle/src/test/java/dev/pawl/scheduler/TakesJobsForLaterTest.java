package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.api.catalog.ModuleState;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.ReasonCode;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs of modules that are installed and take none just now. */
class TakesJobsForLaterTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    @ParameterizedTest
    @EnumSource(
            value = ModuleState.class,
            names = {"DISABLED", "RETIRING"})
    void aJobOfAModuleThatIsDisabledOrAboutToBeWaitsUntilItIsBack(ModuleState state) {
        FakeModules.Kind kind = running.modules.put("quick", () -> task -> {});
        running.modules.withdraw("quick", state, "Its bundle is stopped, or will be.");

        String id = running.start("quick");

        assertEquals(ReasonCode.MODULE_DISABLED, running.scheduler.why(id).code());
        running.modules.putBack(kind);
        running.parts.modulesChanged();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }
}
