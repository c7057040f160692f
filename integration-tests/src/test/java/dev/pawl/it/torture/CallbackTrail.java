package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Reply;
import dev.pawl.testkit.CallbackReceiver.Told;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A receiver of callbacks that lives through all lives of the server and refuses each fifth event the first time. At the end it must have been
 * told of the end of each job that asked for it, and of nothing that did not happen.
 */
final class CallbackTrail implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REFUSED_FIRST = 5;

    /** The first two pauses after a failed try, and some time for a busy machine. */
    private static final Duration LATEST = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final CallbackReceiver receiver;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    CallbackTrail(Ledger ledger) throws IOException {
        this.ledger = ledger;
        this.receiver = CallbackReceiver.at(0);
        receiver.answering(this::answer);
    }

    private Reply answer(Told told) {
        boolean isRefused =
                Math.floorMod(told.delivery().hashCode(), REFUSED_FIRST) == 0 && refused.add(told.delivery());
        if (isRefused) {
            return new Reply(500, Map.of(), "");
        }
        accepted.add(told.delivery());
        return new Reply(204, Map.of(), "");
    }

    /** The address that jobs name as theirs. */
    String url() {
        return receiver.url("/ends");
    }

    /**
     * Compares what it was told with the jobs at rest.
     *
     * @param mayBeGone the ids of jobs that may have been removed
     */
    void judge(Api api, Map<String, JsonNode> jobs, Set<String> mayBeGone) {
        Set<String> due = new TreeSet<>();
        for (JsonNode job : jobs.values()) {
            if (isTold(job)) {
                due.add(delivery(job));
            }
        }
        try {
            Eventually.eventually("the ends are told", LATEST, () -> accepted.containsAll(due));
        } catch (AssertionError late) {
            due.removeAll(accepted);
            due.forEach(delivery -> ledger.violation("nobody was told of " + delivery + ": "
                    + api.job(delivery.substring(0, delivery.indexOf('.'))).get("callbacks")));
        }
        for (Told told : receiver.told()) {
            String id = told.delivery().replaceFirst("\\..*", "");
            JsonNode job = jobs.get(id);
            if (job == null ? !mayBeGone.contains(id) : !told.delivery().equals(delivery(job)) || !isTold(job)) {
                ledger.violation(told.delivery() + " was told, and the job is " + job);
            } else if (job != null) {
                judge(told, job);
            }
        }
    }

    /** Compares an event with its job, which is over and so looks the same ever since. */
    private void judge(Told told, JsonNode job) {
        JsonNode body;
        try {
            body = JSON.readTree(told.body());
        } catch (IOException cut) {
            ledger.violation(told.delivery() + " was told with a body that is no JSON: " + told.body());
            return;
        }
        for (String field : new String[] {"id", "status", "job_title", "completed_at"}) {
            if (!body.path(field).equals(job.path(field))) {
                ledger.violation(told.delivery() + " was told as " + body + ", and the job is " + job);
            }
        }
    }

    private boolean isTold(JsonNode job) {
        Expectation expected = ledger.titled(job.get("job_title").asText());
        return HookTrail.isOfHook(job) || (expected != null && expected.isTold());
    }

    private static String delivery(JsonNode job) {
        return job.get("id").asText() + "." + job.get("status").asText();
    }

    /** The number of different events, and how many of them came more than once. */
    String told() {
        Map<String, Integer> times = new HashMap<>();
        receiver.told().forEach(told -> times.merge(told.delivery(), 1, Integer::sum));
        return times.size() + " callbacks, "
                + times.values().stream().filter(n -> n > 1).count() + " of them more than once";
    }

    @Override
    public void close() {
        receiver.close();
    }
}
