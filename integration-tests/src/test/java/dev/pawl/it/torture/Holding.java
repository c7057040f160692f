package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;

/** A job held by an external worker, from the worker's point of view. Used only by the worker's thread. */
final class Holding {

    /** The worker's plan for the job. */
    enum Fate {
        COMPLETE,
        FAIL,
        /** Forgets the job, as a killed program would. */
        VANISH,
        /** Is silent for longer than the lease lasts, and then continues. */
        SLEEP
    }

    final Expectation expected;
    final String job;
    final long epoch;
    final String module;
    /** Whether the worker named itself in the poll. */
    final boolean named;

    int beatsLeft;
    Fate fate;
    End end;
    int timesEnded;
    private Double percent;
    private JsonNode info;
    private boolean comesLate;

    Holding(Expectation expected, String job, long epoch, String module, boolean named) {
        this.expected = expected;
        this.job = job;
        this.epoch = epoch;
        this.module = module;
        this.named = named;
    }

    /** Records that the server accepted a heartbeat. */
    void said(OddHeartbeat beat) {
        percent = beat.percent() == null ? percent : beat.percent();
        info = beat.info();
    }

    /** Records that the server may have accepted a heartbeat. */
    void isUnsure() {
        percent = null;
        info = null;
    }

    /** Records that the server may accept a heartbeat still, after others that it gets through another server. */
    void mayComeLate() {
        comesLate = true;
    }

    /** Returns the defect in the server's view of the job while the run continues; null when there is none. */
    String judge(JsonNode shown, String worker) {
        boolean goesOn = shown.get("status").asText().equals("running")
                && shown.get("epoch").asLong() == epoch
                && shown.get("worker_id").asText().equals(worker);
        if (!goesOn || comesLate) {
            return null;
        }
        if (percent != null && shown.get("progress").asDouble() != percent) {
            return "shows the progress " + shown.get("progress") + ", not " + percent;
        }
        return info == null || shown.get("info").equals(info) ? null : "shows " + shown.get("info") + ", not " + info;
    }
}
