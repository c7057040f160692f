package dev.pawl.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A server among those that share a store.
 *
 * @param name its name for people
 * @param isThis whether it is the one that was asked
 * @param release its version of Pawl
 * @param startedAt the time of its start, by the clock of the store
 * @param slots the number of tasks that it runs at once
 * @param running the number of jobs that run there
 * @param leaseAge the time since it renewed its lease
 * @param modules its module bundles, by symbolic name
 */
public record StoreServer(
        String name,
        boolean isThis,
        String release,
        Instant startedAt,
        int slots,
        int running,
        Duration leaseAge,
        List<ServerModule> modules) {

    public StoreServer {
        modules = List.copyOf(modules);
    }
}
