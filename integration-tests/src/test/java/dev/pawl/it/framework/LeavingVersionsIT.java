package dev.pawl.it.framework;

import static dev.pawl.it.framework.ModuleUnderChange.LONG;
import static dev.pawl.it.framework.ModuleUnderChange.by;
import static dev.pawl.it.framework.ModuleUnderChange.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Retiring versions that are still finishing their jobs at the next change. */
class LeavingVersionsIT {

    @TempDir
    static Path folder;

    @RegisterExtension
    static final ModuleUnderChange module = new ModuleUnderChange(() -> folder);

    @Test
    void aModuleThatFinishesItsJobsCanBeDisabledInAHurryAfterAll() {
        String job = module.beginAndAwaitAStep();
        module.deployer().disable("steps", by(UpdateMode.FINISH));

        Deployed hurried = module.deployer().disable("steps", by(UpdateMode.NOW));

        assertEquals(outcomes(JobMove.Outcome.INTERRUPTED, job), outcomes(hurried));
        assertEquals(ReasonCode.MODULE_DISABLED, module.why(job));
        assertEquals(
                Deployed.Change.UNCHANGED,
                module.deployer().disable("steps", by(UpdateMode.NOW)).change());
        module.deployer().enable("steps", by(UpdateMode.MOVE));
        module.assertWhole(job, LONG);
        module.assertWhole(module.begin(2), 2);
    }

    @Test
    void anUninstallTakesTheJobsOffAVersionThatIsStillFinishingToo() {
        String old = module.beginAndAwaitAStep();
        module.install("2.0.0", UpdateMode.FINISH);
        String young = module.beginAndAwaitAStep();

        Deployed gone = module.deployer().uninstall("steps", by(UpdateMode.MOVE));

        assertEquals(outcomes(JobMove.Outcome.PARKED, old, young), outcomes(gone));
        Eventually.eventually("both are gone", () -> module.versions().isEmpty());
        for (String id : List.of(old, young)) {
            assertEquals(ReasonCode.MODULE_MISSING, module.why(id));
        }
        module.install("3.0.0", UpdateMode.MOVE);
        module.assertWhole(old, LONG);
        module.assertWhole(young, LONG);
    }

    @Test
    void whatIsInstalledAgainWhileItFinishesKeepsItsJobsAndTakesNewOnes() {
        String old = module.beginAndAwaitAStep();
        module.deployer().uninstall("steps", by(UpdateMode.FINISH));
        module.install("1.0.0", UpdateMode.MOVE);
        module.assertWhole(module.begin(2), 2);
        module.assertWhole(old, LONG);
        assertEquals(1, module.runs(old));
        module.assertWhole(module.begin(2), 2);
        assertEquals("1.0.0", module.leftInTheEnd());
    }

    @Test
    void aRollbackTakesBackAVersionThatIsStillFinishingWithTheJobsOfBoth() {
        String old = module.beginAndAwaitAStep();
        module.install("2.0.0", UpdateMode.FINISH);
        String young = module.beginAndAwaitAStep();

        Deployed back = module.deployer().rollback("steps", "1.0.0", by(UpdateMode.MOVE));

        assertEquals(outcomes(JobMove.Outcome.PARKED, old, young), outcomes(back));
        assertEquals("1.0.0", module.leftInTheEnd());
        module.assertWhole(old, LONG);
        module.assertWhole(young, LONG);
        assertEquals("1.0.0", module.lastVersion(young));
    }

    @Test
    void aRollbackThatFinishesLeavesTheJobsOfBothWhereTheyAre() {
        String old = module.beginAndAwaitAStep();
        module.install("2.0.0", UpdateMode.FINISH);
        String young = module.beginAndAwaitAStep();

        module.deployer().rollback("steps", "1.0.0", by(UpdateMode.FINISH));

        assertEquals("1.0.0", module.lastVersion(module.begin(1)));
        module.assertWhole(old, LONG);
        module.assertWhole(young, LONG);
        assertEquals("2.0.0", module.lastVersion(young));
        assertEquals("1.0.0", module.leftInTheEnd());
    }
}
