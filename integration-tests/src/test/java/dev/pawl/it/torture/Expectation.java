package dev.pawl.it.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a job was asked to do, kept outside the server, and so what it must have done in the end.
 *
 * @param id the job's id, as it was acknowledged
 * @param tasks the inputs of its tasks
 * @param outcomes the statuses it may end in
 */
record Expectation(String id, List<Map<String, Object>> tasks, List<String> outcomes) {

    /** The results of a job that completed, in order, each as {@code task/step}. */
    List<String> allResults() {
        List<String> all = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (int step = 1; step <= steps(task); step++) {
                all.add(task + "/" + step);
            }
        }
        return all;
    }

    private int steps(int task) {
        return (Integer) tasks.get(task).get("steps");
    }
}
