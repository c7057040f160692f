package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.hook.HookSender;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that calls a hook through all lives of the server. It repeats a delivery that was not answered, and some that were; at the end each
 * delivery must have one job, which is the one that every answer named. Safe for many threads.
 */
final class HookTrail {

    private static final String NAME = "called";

    /** The title of each of its jobs. */
    private static final String TITLE = "hooked";

    private static final String SECRET = "a secret of the torture";
    private static final int NEW_PERCENT = 60;
    private static final Duration ANSWERED = Duration.ofSeconds(20);

    /** The statuses after which a sender comes again: the server cannot take the call now. */
    private static final Set<Integer> LATER = Set.of(503);

    private final Ledger ledger;
    private final HookSender sender = new HookSender();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger serial = new AtomicInteger();

    HookTrail(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether a job is one of the hook. */
    static boolean isOfHook(JsonNode job) {
        return job.get("job_title").asText().equals(TITLE);
    }

    /** Makes the hook. */
    void begin(Api api, String callbackUrl) {
        Map<String, Object> job =
                new HashMap<>(new Expectation(TITLE, Kind.SHORT, Kind.SHORT.tasks(new Random(1)), null, 0).request());
        job.put("callback_url", callbackUrl);
        api.json("PUT", "/hooks/" + NAME, Map.of("scheme", "github", "secret", SECRET, "job", job))
                .expect(200);
    }

    /** Sends a delivery: a new one, or one again. */
    void call(URI server, Random random) {
        String delivery = random.nextInt(100) < NEW_PERCENT ? null : again(random);
        send(server, delivery == null ? "d-" + serial.incrementAndGet() : delivery);
    }

    /** A delivery that was not answered, or else any that was; null when there is none. */
    private String again(Random random) {
        String open = unanswered.poll();
        int sent = serial.get();
        return open != null || sent == 0 ? open : "d-" + (1 + random.nextInt(sent));
    }

    private void send(URI server, String delivery) {
        Api.Answer answer;
        try {
            answer = sender.send(HookSender.signed(server, NAME, SECRET, delivery, "{}"));
        } catch (IOException lost) {
            unanswered.add(delivery);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unanswered.add(delivery);
            return;
        }
        if (LATER.contains(answer.status())) {
            unanswered.add(delivery);
        } else if (answer.status() == 200) {
            String id = answer.body().get("id").asText();
            String former = jobs.putIfAbsent(delivery, id);
            if (former != null && !former.equals(id)) {
                ledger.violation("the delivery " + delivery + " had the job " + former + " and now has " + id);
            }
        } else {
            ledger.serverError("the delivery " + delivery + " was answered with " + answer);
        }
    }

    /** Sends what was never answered, until it is. */
    void end(URI server) {
        try {
            Eventually.eventually("each delivery is answered", ANSWERED, () -> {
                for (String open = unanswered.poll(); open != null; open = unanswered.poll()) {
                    send(server, open);
                }
                return unanswered.isEmpty();
            });
        } catch (AssertionError never) {
            ledger.violation(never.getMessage() + ": " + unanswered);
        }
    }

    /** Compares the deliveries with the jobs at rest. */
    void judge(Map<String, JsonNode> atRest) {
        Map<String, String> deliveries = new HashMap<>();
        jobs.forEach((delivery, id) -> {
            String other = deliveries.put(id, delivery);
            if (other != null) {
                ledger.violation("two deliveries have the job " + id + ": " + delivery + " and " + other);
            }
            if (!atRest.containsKey(id) || !isOfHook(atRest.get(id))) {
                ledger.violation("the delivery " + delivery + " has a job that is not there: " + id);
            }
        });
        atRest.values().stream()
                .filter(HookTrail::isOfHook)
                .filter(job -> !deliveries.containsKey(job.get("id").asText()))
                .forEach(job -> ledger.violation("no delivery has this job: " + job));
    }

    /** The number of deliveries. */
    int deliveries() {
        return jobs.size();
    }
}
