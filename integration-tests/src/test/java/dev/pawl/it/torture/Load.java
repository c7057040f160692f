package dev.pawl.it.torture;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Clients that request jobs of all kinds from one server, and stop or remove some of them, until it dies or the load is closed. */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 2;
    private static final int MOST_WAITING = 250;
    private static final int ASKED_BETWEEN_LOOKS = 8;
    private static final int LONGEST_PAUSE_MS = 20;
    private static final int LATEST_CHANGE_MS = 400;
    private static final int PERCENT_OUTSIDE = 12;
    private static final int MOST_OUTSIDE = 60;
    private static final int PERCENT_HOOKED = 6;

    /** The problem codes of requests that added no job. */
    private static final Set<String> REFUSALS = Set.of("PAWL-600", "PAWL-601");

    private final Api api;
    private final Server server;
    private final Ledger ledger;
    private final HookTrail hooks;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "torture-client");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /** A request that changes a job some time after it was accepted. */
    private record Change(long atNs, Runnable request) {}

    private Load(Server server, Ledger ledger, HookTrail hooks) {
        this.api = server.api();
        this.server = server;
        this.ledger = ledger;
        this.hooks = hooks;
    }

    /** Starts the clients. */
    static Load on(Server server, Ledger ledger, HookTrail hooks, long seed) {
        Load load = new Load(server, ledger, hooks);
        for (int n = 0; n < CLIENTS; n++) {
            Random random = new Random(seed + n);
            load.threads.execute(() -> load.ask(random));
        }
        return load;
    }

    private void ask(Random random) {
        PriorityQueue<Change> changes = new PriorityQueue<>((a, b) -> Long.compare(a.atNs(), b.atNs()));
        try {
            for (int asked = 0; !closed; asked++) {
                if (asked % ASKED_BETWEEN_LOOKS == 0 && isBusy()) {
                    TimeUnit.MILLISECONDS.sleep(LONGEST_PAUSE_MS); // bounds the load, so that the server can catch up
                    asked -= ledger.isShared() ? 1 : 0; // several servers have a load each on one queue
                } else if (random.nextInt(100) < PERCENT_HOOKED) {
                    hooks.call(server.url(), random);
                } else {
                    askForOne(random, changes);
                }
                while (!changes.isEmpty() && System.nanoTime() - changes.peek().atNs() >= 0) {
                    threads.execute(changes.remove().request());
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS)); // clients pause between requests
            }
        } catch (UncheckedIOException | RejectedExecutionException over) {
            // the server died, as intended, or the load was closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            ledger.violation("a client failed: " + e);
        }
    }

    private boolean isBusy() {
        Api.Answer queue = api.get("/queue?limit=1");
        if (queue.status() == 500) {
            ledger.serverError("GET /queue was answered with " + queue);
            return true;
        }
        return queue.status() == 503 || queue.expect(200).get("entries").asLong() > MOST_WAITING;
    }

    private void askForOne(Random random, PriorityQueue<Change> changes) {
        boolean outside = random.nextInt(100) < PERCENT_OUTSIDE && ledger.openOutside() < MOST_OUTSIDE;
        Expectation job = ledger.plan(outside ? Kind.drawOutside(random) : Kind.draw(random), random);
        Api.Answer answer;
        try {
            answer = api.post(job.route(), job.request());
        } catch (UncheckedIOException lost) {
            ledger.unanswered();
            throw lost;
        }
        if (answer.status() == 200) {
            ledger.acknowledged(job, job.idIn(answer.body()));
            long changedAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_CHANGE_MS));
            if (job.kind().isStopped()) {
                changes.add(new Change(changedAtNs, () -> stop(job)));
            } else if (job.kind() == Kind.REMOVED) {
                changes.add(new Change(changedAtNs, () -> remove(job)));
            }
        } else if (answer.status() == 503
                && !ledger.isShared()
                && REFUSALS.contains(answer.body().path("code").asText())) {
            ledger.refused(job);
        } else if (answer.status() == 409 && job.uniqueKey() != null) { // a live job with other inputs has the key
            ledger.refused(job);
        } else if (answer.status() == 503) { // cut off by a stopping server or from a database, which may have the job
            ledger.unanswered();
        } else {
            wrong("a good request was answered with " + answer, answer);
        }
    }

    private void wrong(String sentence, Api.Answer answer) {
        if (answer.status() == 500) {
            ledger.serverError(sentence);
        } else {
            ledger.violation(sentence);
        }
    }

    private void stop(Expectation job) {
        job.stopRequested();
        ledger.leases().stopping(job.id());
        try {
            Api.Answer answer = api.post("/jobs/" + job.id() + "/stop", Map.of());
            if (answer.status() == 200) {
                job.stopAcknowledged();
            } else if (answer.status() != 404 && answer.status() != 503) {
                wrong("a stop of " + job.id() + " was answered with " + answer, answer);
            }
        } catch (UncheckedIOException serverDied) {
            // the job may or may not be stopped
        }
    }

    private void remove(Expectation job) {
        job.removalRequested();
        try {
            Api.Answer answer = api.delete("/jobs/" + job.id());
            if (answer.status() == 204) {
                job.removed();
            } else if (answer.status() != 409 && answer.status() != 503) { // it runs, or the server cannot do it now
                wrong("a removal of " + job.id() + " was answered with " + answer, answer);
            }
        } catch (UncheckedIOException serverDied) {
            // the job may or may not be there
        }
    }

    /** Does other work at the same time. */
    void beside(Runnable work) {
        threads.execute(work);
    }

    /** Sends a request for a job, and returns whether the server accepted it. */
    static boolean takes(Api api, Ledger ledger) {
        Expectation job = ledger.plan(Kind.SHORT, new Random(0));
        Api.Answer answer = api.post("/jobs", job.request());
        if (answer.status() != 200) {
            ledger.refused(job);
            return false;
        }
        job.acknowledged(answer.body().get("id").asText());
        return true;
    }

    /** The number of waiting jobs. */
    static long waiting(Api api) {
        return api.get("/queue?limit=1").expect(200).get("entries").asLong();
    }

    /** Ends the requests; returns when all are answered. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
                ledger.violation("a request was never answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
