package dev.pawl.it.torture;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The model of the leases: the external worker that holds a job, and the time until which no other worker can get it. That is the expiry
 * after sending the last request that the server acknowledged, and the expiry after each start of the server if the lease was valid when the
 * previous server ended. Times are of this process's monotonic clock. Safe for many threads.
 */
public final class Leases {

    private final Ledger ledger;
    private final long expiryNs;
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, Long> passed = new HashMap<>();
    private final Map<String, Beats> beats = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** The latest lease of a job. */
    private static final class Lease {
        final String worker;
        final long epoch;
        /** Whether the server knows the worker's name. */
        boolean named;
        /** When the worker had the job. What was sent before may have reached the server before it was handed out. */
        final long handedNs;
        /** The time before which no other worker can get the job. */
        long safeUntilNs;
        /** Whether the holder, or a client that stops the job, may have ended it. */
        boolean released;
        /** Whether an earlier holder sent a request about the job before the present one had given its name. */
        boolean contested;

        /** Whether a reported end may still take effect. */
        boolean unconfirmed;

        boolean survives;

        /** The number of unanswered reports of the job's end, including those of earlier holders. */
        int endsUnderWay;
        /** The time of the latest answer to such a report. */
        long endAnsweredNs = Long.MIN_VALUE;

        Lease(String worker, long epoch, boolean named, long handedNs, long safeUntilNs) {
            this.worker = worker;
            this.epoch = epoch;
            this.named = named;
            this.handedNs = handedNs;
            this.safeUntilNs = safeUntilNs;
        }

        /** Whether a lease that is valid at this time proves that earlier reports of the job's end had no effect. */
        boolean knewOfEnds(long ns) {
            return endsUnderWay == 0 && ns > endAnsweredNs;
        }

        /** Whether no other worker can get the job at this time. */
        boolean isSafe(long ns) {
            return !released && !contested && ns < safeUntilNs;
        }
    }

    /** The heartbeats that name a job. */
    private static final class Beats {
        int underWay;
        long lastEndedNs = Long.MIN_VALUE;

        /** Whether one may have reached the server since this time. */
        boolean isAnySince(long ns) {
            return underWay > 0 || lastEndedNs >= ns;
        }
    }

    Leases(Ledger ledger, Duration expiry) {
        this.ledger = ledger;
        this.expiryNs = expiry.toNanos();
    }

    /** Records that a poll, sent and answered at these times, got a job. */
    synchronized void handed(
            String job, long epoch, String worker, boolean named, long sentNs, long answeredNs, boolean stopped) {
        Lease before = leases.get(job);
        count("handed out");
        if (before != null) {
            if (epoch <= before.epoch) {
                ledger.violation(job + " was handed to " + worker + " as run " + epoch + ", after run " + before.epoch);
            }
            if (before.isSafe(answeredNs)) {
                ledger.violation(job + " was handed to " + worker + " as run " + epoch + " while " + before.worker
                        + " held it, " + ms(before.safeUntilNs - answeredNs) + " ms before it could be lost");
            }
            if (!before.released) {
                count("handed out again after silence");
            }
        }
        Lease lease = new Lease(worker, epoch, named, answeredNs, sentNs + expiryNs);
        lease.released = stopped;
        lease.contested = !named && beats.getOrDefault(job, new Beats()).isAnySince(sentNs);
        if (before != null) {
            lease.endsUnderWay = before.endsUnderWay;
            lease.released |= lease.endsUnderWay > 0;
        }
        leases.put(job, lease);
    }

    /** Records that a heartbeat about a run is about to be sent. */
    synchronized void speaking(String job, long epoch) {
        beats.computeIfAbsent(job, name -> new Beats()).underWay++;
        Lease lease = leases.get(job);
        if (lease.epoch != epoch && !lease.named) {
            lease.contested = true;
        }
    }

    /** Records that such a heartbeat was answered, or that the server died meanwhile. */
    synchronized void spoken(String job) {
        Beats ended = beats.get(job);
        ended.underWay--;
        ended.lastEndedNs = System.nanoTime();
    }

    /** Records the server's answer to a request of the worker about its run. */
    synchronized void answered(String worker, Holding held, WorkerApi.Answer answer) {
        String job = held.job;
        long sentNs = answer.sentNs();
        long answeredNs = answer.answeredNs();
        boolean stopped = held.expected.isStopRequested();
        Lease lease = leases.get(job);
        boolean latest = lease.epoch == held.epoch;
        switch (answer.hold()) {
            case "held" -> {
                if (latest) {
                    if (!lease.released && sentNs > lease.safeUntilNs) {
                        count("kept or had back after silence");
                    }
                    lease.named = true;
                    lease.released = stopped || lease.unconfirmed || (lease.released && !lease.knewOfEnds(sentNs));
                    lease.safeUntilNs = Math.max(lease.safeUntilNs, sentNs + expiryNs);
                } else if (!lease.contested && !lease.worker.equals(worker) && sentNs > lease.handedNs) {
                    ledger.violation(worker + " was told that it holds " + job + ", which " + lease.worker + " holds");
                }
            }
            case "lost" -> {
                if (latest && lease.isSafe(answeredNs)) {
                    ledger.violation(worker + " was told that it lost " + job + ", "
                            + ms(lease.safeUntilNs - answeredNs) + " ms before it could");
                }
                if (!lease.contested && !lease.released) {
                    passed.merge(job, held.epoch, Math::max);
                }
                count("told that it was lost");
            }
            case "ended" -> {
                boolean endedHere =
                        !held.expected.kind().isOutside() && !lease.isSafe(answeredNs); // once the lease was lost
                if (!lease.released && !stopped && !endedHere) {
                    ledger.violation(worker + " was told that " + job + " has ended, which nobody ended");
                }
            }
            default -> ledger.violation(worker + " was told that " + job + " is " + answer.hold());
        }
    }

    /** Records a request that names no job: it extends a lease that was certainly valid. */
    synchronized void keptUnnamed(String job, long epoch, long sentNs, long answeredNs) {
        Lease lease = leases.get(job);
        if (lease.epoch == epoch && lease.named && lease.isSafe(answeredNs)) {
            lease.safeUntilNs = Math.max(lease.safeUntilNs, sentNs + expiryNs);
        }
    }

    /** Records that a run is about to report the job's end; returns the time until which only this run can have the job. */
    synchronized long releasing(String job, long epoch) {
        Lease lease = leases.get(job);
        boolean safe = lease.epoch == epoch && !lease.released && !lease.contested;
        lease.released = true;
        lease.endsUnderWay++;
        return safe ? lease.safeUntilNs : Long.MIN_VALUE;
    }

    /** Records that the report of an end was answered, or that the server died meanwhile. */
    synchronized void released(String job) {
        Lease lease = leases.get(job);
        lease.endsUnderWay--;
        lease.endAnsweredNs = System.nanoTime();
    }

    /** Records that a client is about to stop the job. */
    synchronized void stopping(String job) {
        Lease lease = leases.get(job);
        if (lease != null) {
            lease.released = true;
        }
    }

    /** Records that the server did not say whether a reported end is on disk. */
    synchronized void unconfirmed(String job) {
        leases.get(job).unconfirmed = true;
    }

    /** The latest run after which there must be another one; -1 for none. */
    synchronized long passedOn(String job) {
        return passed.getOrDefault(job, -1L);
    }

    /** Records that the server has ended or is frozen at this time. */
    synchronized void serverEnded(long nowNs) {
        leases.values().forEach(lease -> lease.survives = nowNs < lease.safeUntilNs);
    }

    /** Records that the server is about to start or to continue. */
    synchronized void serverStarts(long nowNs) {
        for (Lease lease : leases.values()) {
            if (lease.survives) {
                lease.safeUntilNs = Math.max(lease.safeUntilNs, nowNs + expiryNs);
                lease.survives = false;
            }
        }
    }

    /** Counts an event. */
    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** The counts of the events. */
    synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private static long ms(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }
}
