package dev.pawl.testkit;

import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops a job at each point, and looks whether it ends.
 *
 * @param job the job, of which copies are run
 */
record StopRehearsal(JobHarness job) {

    void perform() {
        try (HarnessCopies copies = new HarnessCopies(job)) {
            RehearsalPoints points = RehearsalPoints.of(copies.next(), "whether it can be stopped");
            List<Interruption> events = new ArrayList<>(points.events(Kind.STOP, Place.RESULT));
            events.addAll(points.events(Kind.STOP, Place.CHECKPOINT));
            for (Interruption event : events) {
                stop(copies.next(), event);
            }
        }
    }

    private static void stop(JobHarness copy, Interruption event) {
        HarnessScript script = copy.script(event);
        HarnessRun run = copy.run(script);
        if (run.outcome() != Outcome.STOPPED && run.outcome() != Outcome.COMPLETED) {
            throw run.failed("The job was " + event.words() + " and ended " + run.outcome());
        }
        if (script.callsSinceStop() > 1) {
            throw run.failed(
                    "The job was " + event.words() + " and went on: it emitted or saved " + script.callsSinceStop()
                            + " times after that. Let the TaskCancelledException pass that checkpoint, emit and"
                            + " throwIfCancelled throw: before a catch of Exception, catch it and throw it again. It ended "
                            + run.outcome());
        }
    }
}
