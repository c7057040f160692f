package dev.pawl.service.worker;

import java.time.Instant;
import java.util.List;

/**
 * A worker and its last heartbeat.
 *
 * @param id its id
 * @param heartbeat its last message; for this process, that of the task that has run longest
 * @param seenAt the time at which it arrived
 * @param disabled whether it gets no jobs
 * @param running for this process, which can run several tasks at once, a message for each running task
 */
public record Worker(String id, Heartbeat heartbeat, Instant seenAt, boolean disabled, List<Heartbeat> running) {

    public Worker {
        running = List.copyOf(running);
    }
}
