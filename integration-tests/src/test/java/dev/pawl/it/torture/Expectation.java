package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request for a job as its client knows it, and so the expected outcome of the job. Safe for many threads. */
final class Expectation {

    private final String title;
    private final Kind kind;
    private final List<Map<String, Object>> tasks;
    private final String uniqueKey;
    private final int bornAtKill;
    private String callbackUrl = "";
    private volatile String id;
    private volatile boolean refused;
    private volatile boolean stopRequested;
    private volatile boolean stopAcknowledged;
    private volatile long stopAcknowledgedNs;
    private volatile boolean over;
    private volatile boolean removalRequested;
    private volatile boolean removed;
    private final Ends ends = new Ends();

    /**
     * Records a request that is about to be sent.
     *
     * @param title a unique title, by which the job is found when the answer is lost
     * @param bornAtKill the number of kills of the server so far
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
        if (isTold()) {
            body.put("callback_url", callbackUrl);
        }
        if (kind.retries()) {
            body.put("retry", Map.of("max_attempts", Kind.ATTEMPTS, "backoff", "20ms", "max_backoff", "100ms"));
        }
        return body;
    }

    /** Has the job tell an address of its end. Called before the request is sent. */
    void tellsTo(String url) {
        callbackUrl = url;
    }

    /** Whether somebody is told of the end. */
    boolean isTold() {
        return !callbackUrl.isEmpty();
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
     * Returns the reason why the job must not be handed out like that to an external worker; null if it may be.
     *
     * @param handed the tasks that the worker received
     * @param query the query of its poll
     * @param sentNs the time at which the poll was sent: a stop may be answered while the job is on its way
     */
    String judgeHanded(ObjectMapper json, JsonNode handed, String query, long sentNs) {
        if (refused) {
            return "though it was refused";
        }
        if (stopAcknowledged && stopAcknowledgedNs - sentNs < 0) {
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

    /** Whether an external worker may report a failure; the model cannot follow a retry by the server itself. */
    boolean mayFailOutside() {
        return kind.isOutside() || !kind.retries();
    }

    /** The ends that external workers reported. */
    Ends ends() {
        return ends;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** The unique key; null when there is none. */
    String uniqueKey() {
        return uniqueKey;
    }

    int bornAtKill() {
        return bornAtKill;
    }

    /** The job's id; null until an answer has named it. */
    String id() {
        return id;
    }

    void acknowledged(String acknowledgedId) {
        id = acknowledgedId;
    }

    /** Records that an external worker received the job, whether or not the request was answered. */
    void isThere(String handedId) {
        if (uniqueKey == null) {
            id = handedId;
        }
    }

    /** Records that the server said that the job has ended. */
    void ended() {
        over = true;
    }

    /** Whether the job is known to have ended. */
    boolean isKnownOver() {
        return over || stopAcknowledged || ends.areFinal(kind.attempts());
    }

    /** Records that the server refused the job. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** Records that the job is about to be stopped. */
    void stopRequested() {
        stopRequested = true;
    }

    boolean isStopRequested() {
        return stopRequested;
    }

    void stopAcknowledged() {
        stopAcknowledgedNs = System.nanoTime();
        stopAcknowledged = true;
    }

    /** Records that the job is about to be removed. */
    void removalRequested() {
        removalRequested = true;
    }

    /** Whether the job may be gone. */
    boolean mayBeGone() {
        return removalRequested;
    }

    /** Records that the server said that the job is removed. */
    void removed() {
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    /** The possible final statuses, unless the job fails as a crash loop. */
    List<String> outcomes() {
        return stopAcknowledged ? List.of("stopped") : kind.outcomes();
    }

    /** The number of steps between a task's checkpoints; 0 for none. */
    int every(int task) {
        return number(task, "every");
    }

    /** The number of tasks. */
    int taskCount() {
        return tasks.size();
    }

    /** The number of steps of a task before it ends or finally fails as planned. */
    int steps(int task) {
        boolean fails = kind == Kind.FAILING || kind == Kind.EXHAUSTED;
        return fails ? number(task, "fail_at") - 1 : number(task, "steps");
    }

    /** Whether the checkpoints come only at the regular interval. */
    boolean checkpointsRegularly() {
        return kind != Kind.RETRIED;
    }

    /** The results of a job that ends by itself, in order, each as {@code task/step}. */
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
