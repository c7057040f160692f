package dev.pawl.service.worker;

import java.time.Instant;
import java.util.List;

/**
 * A worker and what it said last.
 *
 * @param id its id
 * @param heartbeat its last message; for this process, of the task that runs longest
 * @param seenAt when that came
 * @param disabled whether it gets no jobs
 * @param running one message for each task that runs; for this process, which runs several at once
 */
public record Worker(String id, Heartbeat heartbeat, Instant seenAt, boolean disabled, List<Heartbeat> running) {

    public Worker {
        running = List.copyOf(running);
    }
}
