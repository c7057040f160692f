package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.util.List;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/**
 * Updates a job's module at each checkpoint, and looks whether the other version completes the job.
 *
 * @param job the job, of which copies are run
 * @param newer the other version
 * @param version its number
 */
record UpdateRehearsal(JobHarness job, Supplier<? extends Module> newer, String version) {

    void perform() {
        try (HarnessCopies copies = new HarnessCopies(job)) {
            RehearsalPoints points = RehearsalPoints.of(copies.next(), "whether it can be updated");
            List<Interruption> events = points.events(Kind.PAUSE, Place.CHECKPOINT);
            if (events.isEmpty()) {
                throw new AssertionFailedError("The job saves no checkpoint, so that an update begins it anew.");
            }
            for (Interruption event : events) {
                update(copies.next(), event);
            }
        }
    }

    private void update(JobHarness copy, Interruption event) {
        copy.run(copy.script(event));
        HarnessRun run = copy.update(newer, version).run();
        if (run.outcome() != Outcome.COMPLETED) {
            throw run.failed("The job was " + event.words() + ", and version " + version
                    + " did not complete it from there: it ended " + run.outcome()
                    + ". Convert the checkpoint in migrate, or take only what is there");
        }
    }
}
