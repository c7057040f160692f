package dev.pawl.it.torture;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The model kept outside the server: requests, answers and violations. Safe for many threads. */
final class Ledger {

    private static final int MOST_VIOLATIONS = 200;
    private static final int KEYS = 6;
    private static final int ONE_IN_TELLS = 4;

    /** The time after which a silent external worker loses its job: the minimum that the server accepts. */
    static final Duration EXPIRY = Duration.ofSeconds(5);

    private final Map<String, Expectation> byTitle = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Queue<String> serverErrors = new ConcurrentLinkedQueue<>();
    private final Queue<Expectation> outside = new ConcurrentLinkedQueue<>();
    private final Leases leases = new Leases(this, EXPIRY);
    private volatile String callbackUrl = "";
    private volatile boolean shared;
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();

    /** Notes that the store is a database that several servers share: one that cannot reach it does not know what it has. */
    void isOfSeveral() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    /** Sets the address that some of the jobs tell of their end. */
    void tellsTo(String url) {
        callbackUrl = url;
    }

    /** Records a request before it is sent. */
    Expectation plan(Kind kind, Random random) {
        String key = kind == Kind.KEYED ? "key-" + random.nextInt(KEYS) : null;
        int number = serial.incrementAndGet();
        String title = "torture-" + number;
        Expectation expectation = new Expectation(title, kind, kind.tasks(random), key, kills.get());
        if (number % ONE_IN_TELLS == 0 && key == null && !kind.isOutside()) {
            expectation.tellsTo(callbackUrl);
        }
        byTitle.put(title, expectation);
        return expectation;
    }

    /** Records that the server has accepted a job. */
    void acknowledged(Expectation expectation, String id) {
        expectation.acknowledged(id);
        if (expectation.kind().isOutside()) {
            outside.add(expectation);
        }
    }

    /** The number of accepted jobs for external workers only that have not ended. */
    int openOutside() {
        outside.removeIf(Expectation::isKnownOver);
        return outside.size();
    }

    /** The leases of external workers. */
    Leases leases() {
        return leases;
    }

    void refused(Expectation expectation) {
        expectation.refuse();
        refused.incrementAndGet();
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    int unansweredCount() {
        return unanswered.get();
    }

    /** The job with that title; null when none was ever requested. */
    Expectation titled(String title) {
        return byTitle.get(title);
    }

    Collection<Expectation> all() {
        return byTitle.values();
    }

    int refusedCount() {
        return refused.get();
    }

    void killed() {
        kills.incrementAndGet();
    }

    int kills() {
        return kills.get();
    }

    void violation(String sentence) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add("after " + kills.get() + " kills: " + sentence);
        }
    }

    /** Records a 500, which no request may get. */
    void serverError(String sentence) {
        serverErrors.add(sentence);
        violation(sentence);
    }

    /** The requests that were answered with 500. */
    List<String> serverErrors() {
        return List.copyOf(serverErrors);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }
}
