package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a job's log as a trace of its runs: numbers have no gaps, run numbers only rise, steps are in order, and each run continues exactly
 * from the last checkpoint that had returned.
 */
final class LogJudgement {

    private static final Pattern STEP = Pattern.compile("step (\\d+)");

    private final Expectation expected;
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, Integer> highest = new HashMap<>(); // by task: the last logged step
    private final Map<Integer, Integer> saved = new HashMap<>(); // by task: the last step known to be in a checkpoint
    private final Map<Long, Boolean> savedInRun = new HashMap<>();
    private long sequence;
    private long epoch;
    private int task = -1;
    private int step;
    private long stepEpoch;

    LogJudgement(Expectation expected, JsonNode lines) {
        this.expected = expected;
        lines.forEach(this::read);
    }

    /** The defects, a sentence each. */
    List<String> wrong() {
        return wrong;
    }

    /** Whether every step of every task was logged. */
    boolean isWhole() {
        for (int n = 0; n < expected.taskCount(); n++) {
            if (expected.steps(n) > 0 && highest.getOrDefault(n, 0) != expected.steps(n)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this run is known to have passed a checkpoint. */
    boolean savedIn(long run) {
        return savedInRun.getOrDefault(run, false);
    }

    private void read(JsonNode line) {
        if (line.get("sequence").asLong() != ++sequence) {
            wrong.add("line " + sequence + " is " + line);
            sequence = line.get("sequence").asLong();
        }
        long lineEpoch = line.get("epoch").asLong();
        if (lineEpoch < epoch) {
            wrong.add("a line of run " + lineEpoch + " stands after one of run " + epoch + ": " + line);
        }
        Matcher matcher = STEP.matcher(line.get("message").asText());
        if (matcher.matches()) {
            step(lineEpoch, line.get("task_index").asInt(), Integer.parseInt(matcher.group(1)));
        }
        epoch = Math.max(epoch, lineEpoch);
    }

    private void step(long lineEpoch, int lineTask, int lineStep) {
        boolean goesOn = lineEpoch == stepEpoch && lineTask == task;
        if (goesOn) {
            if (lineStep != step + 1) {
                wrong.add("step " + lineStep + " of run " + lineEpoch + " follows step " + step);
            }
            noteSaved(lineEpoch, lineTask, lineStep);
        } else {
            begin(lineEpoch, lineTask, lineStep);
        }
        task = lineTask;
        step = lineStep;
        stepEpoch = lineEpoch;
        highest.merge(lineTask, lineStep, Math::max);
    }

    private void noteSaved(long lineEpoch, int lineTask, int lineStep) {
        int every = expected.every(lineTask);
        if (every > 0 && (lineStep - 1) % every == 0) { // its checkpoint had returned before this step began
            saved.put(lineTask, lineStep - 1);
            savedInRun.put(lineEpoch, true);
        }
    }

    private void begin(long lineEpoch, int lineTask, int lineStep) {
        if (lineTask < task) {
            wrong.add("run " + lineEpoch + " went back from task " + task + " to " + lineTask);
        }
        if (lineTask > task && lineEpoch == stepEpoch) {
            savedInRun.put(lineEpoch, true); // the end of a task is a checkpoint too
        }
        int from = lineStep - 1;
        if (from < saved.getOrDefault(lineTask, 0)) {
            wrong.add("run " + lineEpoch + " began after step " + from + " of task " + lineTask + ", though "
                    + saved.get(lineTask) + " was saved");
        }
        if (from > highest.getOrDefault(lineTask, 0)) {
            wrong.add("run " + lineEpoch + " began after step " + from + " of task " + lineTask
                    + ", which no line tells of");
        }
        int every = expected.every(lineTask);
        if (expected.checkpointsRegularly() && from != 0 && (every == 0 || from % every != 0)) {
            wrong.add("run " + lineEpoch + " began after step " + from + " of task " + lineTask
                    + ", which is no checkpoint of every " + every);
        }
        saved.put(lineTask, from);
    }
}
