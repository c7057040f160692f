package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;

/** A job that an external worker has, as the worker knows it. Belongs to the thread of its worker. */
final class Holding {

    /** The worker's plan for the job. */
    enum Fate {
        COMPLETE,
        FAIL,
        /** Forgets it, as a program that was killed. */
        VANISH,
        /** Is silent for longer than may be, and comes back. */
        SLEEP
    }

    final Expectation expected;
    final String job;
    final long epoch;
    final String module;
    /** Whether it was polled by name. */
    final boolean named;

    int beatsLeft;
    Fate fate;
    End end;
    int timesEnded;
    private Double percent;
    private JsonNode info;

    Holding(Expectation expected, String job, long epoch, String module, boolean named) {
        this.expected = expected;
        this.job = job;
        this.epoch = epoch;
        this.module = module;
        this.named = named;
    }

    /** A heartbeat was taken. */
    void said(OddHeartbeat beat) {
        percent = beat.percent() == null ? percent : beat.percent();
        info = beat.info();
    }

    /** A heartbeat may have been taken or not. */
    void isUnsure() {
        percent = null;
        info = null;
    }

    /** Says what is wrong with the job as the server shows it, if the run goes on; null when nothing is. */
    String judge(JsonNode shown, String worker) {
        boolean goesOn = shown.get("status").asText().equals("running")
                && shown.get("epoch").asLong() == epoch
                && shown.get("worker_id").asText().equals(worker);
        if (!goesOn) {
            return null;
        }
        if (percent != null && shown.get("progress").asDouble() != percent) {
            return "shows the progress " + shown.get("progress") + ", not " + percent;
        }
        return info == null || shown.get("info").equals(info) ? null : "shows " + shown.get("info") + ", not " + info;
    }
}
