package dev.pawl.scheduler.worker;

import dev.pawl.service.worker.Heartbeat;

/** Copies of heartbeats with other values. */
final class Heartbeats {

    private Heartbeats() {}

    /** The heartbeat with other info. */
    static Heartbeat withInfo(Heartbeat beat, Object info) {
        return new Heartbeat(
                beat.status(),
                beat.onlineAt(),
                beat.hostname(),
                beat.version(),
                beat.task(),
                beat.jobId(),
                beat.jobTitle(),
                beat.progress(),
                info);
    }

    /** The heartbeat without its job. */
    static Heartbeat withoutJob(Heartbeat beat) {
        return Heartbeat.withoutJob(beat.status(), beat.onlineAt(), beat.hostname(), beat.version());
    }
}
