package dev.pawl.scheduler.worker;

import dev.pawl.service.worker.Heartbeat;
import java.util.Map;

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
        return new Heartbeat(
                beat.status(), beat.onlineAt(), beat.hostname(), beat.version(), null, null, null, null, Map.of());
    }
}
