package dev.pawl.testkit;

import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/**
 * Interrupts a job at each point, and compares the results with those of an undisturbed run.
 *
 * @param job the job, of which copies are run
 * @param changing the members of results that are not compared
 */
record ResumeRehearsal(JobHarness job, Set<String> changing) {

    void perform() {
        try (HarnessCopies copies = new HarnessCopies(job)) {
            RehearsalPoints points = RehearsalPoints.of(copies.next(), "whether it resumes exactly");
            List<Interruption> events = new ArrayList<>(points.events(Kind.KILL, Place.RESULT));
            events.addAll(points.events(Kind.KILL, Place.CHECKPOINT));
            events.addAll(points.events(Kind.PAUSE, Place.CHECKPOINT));
            for (Interruption event : events) {
                compare(points.run(), resumed(copies.next(), event), event);
            }
        }
    }

    /** Runs the job with the event, and then to its end. */
    private static HarnessRun resumed(JobHarness copy, Interruption event) {
        HarnessRun run = copy.run(copy.script(event));
        if (run.outcome() == Outcome.KILLED || run.outcome() == Outcome.PAUSED) {
            run = copy.run();
        }
        if (run.outcome() != Outcome.COMPLETED) {
            throw run.failed(
                    "The job was " + event.words() + " and did not complete after that: it ended " + run.outcome());
        }
        return run;
    }

    private void compare(HarnessRun undisturbed, HarnessRun resumed, Interruption event) {
        List<Map<String, Object>> expected = compared(undisturbed);
        List<Map<String, Object>> results = compared(resumed);
        if (!expected.equals(results)) {
            throw new AssertionFailedError(
                    "The job was " + event.words() + " and has other results in the end: " + results + " instead of "
                            + expected
                            + ". Save a checkpoint after each step with all that the next step needs, and begin"
                            + " run with what task.checkpoint(key, otherwise) returns. Members that differ from run to run,"
                            + " such as times, are named in resumesExactly(\"at\").",
                    expected,
                    results);
        }
    }

    private List<Map<String, Object>> compared(HarnessRun run) {
        return run.results().stream()
                .map(result -> {
                    Map<String, Object> fixed = new LinkedHashMap<>(result);
                    fixed.keySet().removeAll(changing);
                    return fixed;
                })
                .toList();
    }
}
