package dev.pawl.it.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request for a job as its client knows it, and so what the job must have done in the end. Safe for many threads. */
final class Expectation {

    private final String title;
    private final Kind kind;
    private final List<Map<String, Object>> tasks;
    private final String uniqueKey;
    private final int bornAtKill;
    private volatile String id;
    private volatile boolean refused;
    private volatile boolean stopAcknowledged;

    /**
     * A request that is about to be sent.
     *
     * @param title unlike all others, so that the job is found by it when the answer is lost
     * @param bornAtKill how often the server had been killed by then
     */
    Expectation(String title, Kind kind, List<Map<String, Object>> tasks, String uniqueKey, int bornAtKill) {
        this.title = title;
        this.kind = kind;
        this.tasks = List.copyOf(tasks);
        this.uniqueKey = uniqueKey;
        this.bornAtKill = bornAtKill;
    }

    /** The body of the request. */
    Map<String, Object> request() {
        Map<String, Object> body = new HashMap<>();
        body.put("job_title", title);
        body.put(
                "tasks",
                tasks.stream()
                        .map(data -> Map.of("module", "chaos", "data", data))
                        .toList());
        if (uniqueKey != null) {
            body.put("unique_key", uniqueKey);
        }
        if (kind.retries()) {
            body.put("retry", Map.of("max_attempts", Kind.ATTEMPTS, "backoff", "20ms", "max_backoff", "100ms"));
        }
        return body;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Null when it has none. */
    String uniqueKey() {
        return uniqueKey;
    }

    int bornAtKill() {
        return bornAtKill;
    }

    /** Null while no answer named it. */
    String id() {
        return id;
    }

    void acknowledged(String acknowledgedId) {
        id = acknowledgedId;
    }

    /** The server said that it did not take it. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    void stopAcknowledged() {
        stopAcknowledged = true;
    }

    /** The statuses it may have in the end, if the server's ends did not wear it out. */
    List<String> outcomes() {
        return stopAcknowledged ? List.of("stopped") : kind.outcomes();
    }

    /** After how many steps a task checkpoints; 0 for never. */
    int every(int task) {
        return number(task, "every");
    }

    /** How many tasks it has. */
    int taskCount() {
        return tasks.size();
    }

    /** How many steps a task does before it ends or, as told, fails for good. */
    int steps(int task) {
        boolean fails = kind == Kind.FAILING || kind == Kind.EXHAUSTED;
        return fails ? number(task, "fail_at") - 1 : number(task, "steps");
    }

    /** Whether its checkpoints come after every so many steps and at no other time. */
    boolean checkpointsRegularly() {
        return kind != Kind.RETRIED;
    }

    /** All results it emits when nothing but its own doing ends it, in order, each as {@code task/step}. */
    List<String> allResults() {
        List<String> all = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (int step = 1; step <= steps(task); step++) {
                all.add(task + "/" + step);
            }
        }
        return all;
    }

    private int number(int task, String name) {
        return (Integer) tasks.get(task).get(name);
    }
}
