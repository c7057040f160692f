package dev.pawl.it.torture;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The model of who holds which job outside the server, and until when nobody else can have it: for the expiry from when the last word that
 * the server acknowledged was sent, and for the expiry from each start of the server on, if the lease stood when the former one ended.
 * Times are of this process's monotonic clock. Safe for many threads.
 */
public final class Leases {

    private final Ledger ledger;
    private final long expiryNs;
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, Long> passed = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** The latest one of a job. */
    private static final class Lease {
        final String worker;
        final long epoch;
        /** Whether the server knows whose it is. */
        boolean named;
        /** Nobody else can have the job before. */
        long safeUntilNs;
        /** The holder, or someone who stops the job, may have ended it. */
        boolean released;
        /** Somebody else, who had the job before, spoke of it before the holder had given a name. */
        boolean contested;

        /** An end that was told may still be made. */
        boolean unconfirmed;

        boolean survives;

        /** Ends of the job that were sent and not answered, also by who held it before. */
        int endsUnderWay;
        /** When the latest of them came back. */
        long endAnsweredNs = Long.MIN_VALUE;

        Lease(String worker, long epoch, boolean named, long safeUntilNs) {
            this.worker = worker;
            this.epoch = epoch;
            this.named = named;
            this.safeUntilNs = safeUntilNs;
        }

        /** Whether what was told of the job's end by then has had no effect, if the lease stands. */
        boolean knewOfEnds(long ns) {
            return endsUnderWay == 0 && ns > endAnsweredNs;
        }

        /** Whether nobody else can have the job at this time. */
        boolean isSafe(long ns) {
            return !released && !contested && ns < safeUntilNs;
        }
    }

    Leases(Ledger ledger, Duration expiry) {
        this.ledger = ledger;
        this.expiryNs = expiry.toNanos();
    }

    /** A poll that was sent and answered at these times got a job. */
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
        Lease lease = new Lease(worker, epoch, named, sentNs + expiryNs);
        lease.released = stopped;
        if (before != null) {
            lease.endsUnderWay = before.endsUnderWay;
            lease.released |= lease.endsUnderWay > 0;
        }
        leases.put(job, lease);
    }

    /** Called before a word about a run is sent. */
    synchronized void speaking(String job, long epoch) {
        Lease lease = leases.get(job);
        if (lease.epoch != epoch && !lease.named) {
            lease.contested = true;
        }
    }

    /** The server answered a word of the worker about its run. */
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
                } else if (!lease.contested && !lease.worker.equals(worker)) {
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
                boolean endedHere = !held.expected.kind().isOutside() && !lease.isSafe(answeredNs); // once it was lost
                if (!lease.released && !stopped && !endedHere) {
                    ledger.violation(worker + " was told that " + job + " has ended, which nobody ended");
                }
            }
            default -> ledger.violation(worker + " was told that " + job + " is " + answer.hold());
        }
    }

    /** A word that names no job keeps a lease that certainly stood. */
    synchronized void keptUnnamed(String job, long epoch, long sentNs, long answeredNs) {
        Lease lease = leases.get(job);
        if (lease.epoch == epoch && lease.named && lease.isSafe(answeredNs)) {
            lease.safeUntilNs = Math.max(lease.safeUntilNs, sentNs + expiryNs);
        }
    }

    /** A run is about to tell the job's end. Says until when nobody but this run can have the job. */
    synchronized long releasing(String job, long epoch) {
        Lease lease = leases.get(job);
        boolean safe = lease.epoch == epoch && !lease.released && !lease.contested;
        lease.released = true;
        lease.endsUnderWay++;
        return safe ? lease.safeUntilNs : Long.MIN_VALUE;
    }

    /** The end that a run was about to tell was answered, or the server died over it. */
    synchronized void released(String job) {
        Lease lease = leases.get(job);
        lease.endsUnderWay--;
        lease.endAnsweredNs = System.nanoTime();
    }

    /** Somebody is about to stop the job. */
    synchronized void stopping(String job) {
        Lease lease = leases.get(job);
        if (lease != null) {
            lease.released = true;
        }
    }

    /** The server did not say whether an end that was told is on disk. */
    synchronized void unconfirmed(String job) {
        leases.get(job).unconfirmed = true;
    }

    /** The run after which there must be another one; -1 for none. */
    synchronized long passedOn(String job) {
        return passed.getOrDefault(job, -1L);
    }

    /** The server has ended, or stands still, by now. */
    synchronized void serverEnded(long nowNs) {
        leases.values().forEach(lease -> lease.survives = nowNs < lease.safeUntilNs);
    }

    /** It is about to start or to go on. */
    synchronized void serverStarts(long nowNs) {
        for (Lease lease : leases.values()) {
            if (lease.survives) {
                lease.safeUntilNs = Math.max(lease.safeUntilNs, nowNs + expiryNs);
                lease.survives = false;
            }
        }
    }

    /** Something worth a count happened. */
    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** The number of times that each thing happened. */
    synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    private static long ms(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }
}
