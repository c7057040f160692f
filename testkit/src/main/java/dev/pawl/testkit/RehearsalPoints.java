package dev.pawl.testkit;

import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of an undisturbed run at which something can happen.
 *
 * @param run the undisturbed run, which has completed
 * @param results the number of its results
 * @param checkpoints the number of its checkpoints
 */
record RehearsalPoints(HarnessRun run, int results, int checkpoints) {

    /** The most points of a kind and a place; of more, so many are taken, the first and the last among them. */
    private static final int MOST = 100;

    /** Runs the job to its end. */
    static RehearsalPoints of(JobHarness job, String purpose) {
        HarnessScript script = job.script(Interruption.NONE);
        HarnessRun run = job.run(script);
        if (run.outcome() != Outcome.COMPLETED) {
            throw run.failed(
                    "To see " + purpose + ", the job has to complete when nothing happens; give inputs with which it"
                            + " does. It ended " + run.outcome());
        }
        return new RehearsalPoints(run, script.results(), script.checkpoints());
    }

    /** An event at each of the places. */
    List<Interruption> events(Kind kind, Place place) {
        int last = place == Place.RESULT ? results : checkpoints;
        List<Interruption> events = new ArrayList<>();
        int number = 0;
        for (int n = 1; n <= Math.min(last, MOST); n++) {
            int next = last <= MOST ? n : 1 + (int) ((long) (n - 1) * (last - 1) / (MOST - 1));
            if (next > number) {
                number = next;
                events.add(new Interruption(kind, place, number));
            }
        }
        return events;
    }
}
