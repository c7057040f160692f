package dev.pawl.service.worker;

import dev.pawl.service.store.StoreServer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker and its last heartbeat.
 *
 * @param id its id
 * @param heartbeat its last message; for this process, that of the task that has run longest
 * @param seenAt the time at which it arrived
 * @param disabled whether it gets no jobs
 * @param running for this process, which can run several tasks at once, a message for each running task
 * @param server what is known of it as a server among those that share a store; null for others
 * @param drain where its drain stands; null when it is not drained
 */
public record Worker(
        String id,
        Heartbeat heartbeat,
        Instant seenAt,
        boolean disabled,
        List<Heartbeat> running,
        @Nullable StoreServer server,
        @Nullable DrainState drain) {

    public Worker {
        running = List.copyOf(running);
    }

    /** A worker that is not drained. */
    public Worker(
            String id,
            Heartbeat heartbeat,
            Instant seenAt,
            boolean disabled,
            List<Heartbeat> running,
            @Nullable StoreServer server) {
        this(id, heartbeat, seenAt, disabled, running, server, null);
    }

    /** A worker that shares no store with others. */
    public Worker(String id, Heartbeat heartbeat, Instant seenAt, boolean disabled, List<Heartbeat> running) {
        this(id, heartbeat, seenAt, disabled, running, null);
    }
}
