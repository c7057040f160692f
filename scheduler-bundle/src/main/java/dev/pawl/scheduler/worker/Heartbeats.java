package dev.pawl.scheduler.worker;

import dev.pawl.service.worker.Heartbeat;

/** Heartbeats with something else in them. */
final class Heartbeats {

    private Heartbeats() {}

    /** The same with other info. */
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

    /** The same of a worker that has no job. */
    static Heartbeat withoutJob(Heartbeat beat) {
        return Heartbeat.withoutJob(beat.status(), beat.onlineAt(), beat.hostname(), beat.version());
    }
}
