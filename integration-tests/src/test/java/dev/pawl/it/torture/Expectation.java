package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    private volatile boolean stopRequested;
    private volatile boolean stopAcknowledged;
    private volatile boolean over;
    private final Ends ends = new Ends();

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
        body.put("tasks", tasksOfRequest());
        if (uniqueKey != null) {
            body.put("unique_key", uniqueKey);
        }
        if (kind.retries()) {
            body.put("retry", Map.of("max_attempts", Kind.ATTEMPTS, "backoff", "20ms", "max_backoff", "100ms"));
        }
        return body;
    }

    /** The route that takes the request. */
    String route() {
        return kind.isOutside() ? "/queue" : "/jobs";
    }

    /** The id in the answer to the request. */
    String idIn(JsonNode answer) {
        return answer.get(kind.isOutside() ? "job_id" : "id").asText();
    }

    private List<Map<String, Object>> tasksOfRequest() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int n = 0; n < tasks.size(); n++) {
            all.add(Map.of("module", kind.module(n), "data", tasks.get(n)));
        }
        return all;
    }

    /**
     * Says what is wrong with handing it to an external worker; null when nothing is.
     *
     * @param handed the tasks as the worker got them
     * @param query what it polled with
     */
    String judgeHanded(ObjectMapper json, JsonNode handed, String query) {
        if (refused) {
            return "though it was refused";
        }
        if (stopAcknowledged) {
            return "though it was stopped";
        }
        if (ends.areFinal(kind.attempts())) {
            return "though it has ended: " + ends.taken();
        }
        if (query.isEmpty() && !kind.isOutside()) {
            return "though all its modules are installed here";
        }
        for (int n = 0; query.endsWith("=" + Kind.FAR) && n < tasks.size(); n++) {
            if (!kind.module(n).equals(Kind.FAR)) {
                return "though the worker has not all of its modules";
            }
        }
        return handed.equals(json.valueToTree(tasksOfRequest())) ? null : "as " + handed + ", not " + tasks;
    }

    /** Whether an external worker may say that it failed: where the server might then try it again, the model could not follow. */
    boolean mayFailOutside() {
        return kind.isOutside() || !kind.retries();
    }

    /** The ends that external workers told. */
    Ends ends() {
        return ends;
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

    /** An external worker was given it, whether or not the answer to the request came. */
    void isThere(String handedId) {
        if (uniqueKey == null) {
            id = handedId;
        }
    }

    /** The server said that it has ended. */
    void ended() {
        over = true;
    }

    /** Whether it is known to be at rest for good. */
    boolean isKnownOver() {
        return over || stopAcknowledged || ends.areFinal(kind.attempts());
    }

    /** The server said that it did not take it. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** It is about to be stopped. */
    void stopRequested() {
        stopRequested = true;
    }

    boolean isStopRequested() {
        return stopRequested;
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

    /** The number of tasks. */
    int taskCount() {
        return tasks.size();
    }

    /** The number of steps of a task before it ends or, as planned, finally fails. */
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
        return (Integer) tasks.get(task).getOrDefault(name, 0);
    }
}
