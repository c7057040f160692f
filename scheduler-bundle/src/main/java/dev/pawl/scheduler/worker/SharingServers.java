package dev.pawl.scheduler.worker;

import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers that share a store, as workers beside this one. */
final class SharingServers {

    private SharingServers() {}

    /** The name of a server that no other one has, before or after. */
    static String key(StoreServer server) {
        return server.name() + " since " + server.startedAt();
    }

    /**
     * This server with what the store knows of it, and the others, each as it has told of itself. The id of one that has told nothing yet is its
     * name, and its start where names are the same.
     *
     * @param signs of other servers by their keys
     */
    static Stream<Worker> with(Worker own, List<StoreServer> servers, Map<String, Worker> signs, Instant now) {
        return Stream.concat(
                Stream.of(servers.stream()
                        .filter(StoreServer::isThis)
                        .findFirst()
                        .map(server -> new Worker(
                                own.id(), own.heartbeat(), own.seenAt(), own.disabled(), own.running(), server))
                        .orElse(own)),
                servers.stream()
                        .filter(server -> !server.isThis())
                        .map(server -> other(server, servers, signs.get(key(server)), now)));
    }

    private static Worker other(StoreServer server, List<StoreServer> servers, @Nullable Worker sign, Instant now) {
        if (sign != null) {
            return new Worker(sign.id(), sign.heartbeat(), sign.seenAt(), false, sign.running(), server);
        }
        boolean isAlone =
                servers.stream().filter(one -> one.name().equals(server.name())).count() == 1;
        return new Worker(
                isAlone ? server.name() : key(server),
                Heartbeat.withoutJob(
                        server.running() == 0 ? WorkerStatus.IDLE : WorkerStatus.IN_PROGRESS,
                        server.startedAt(),
                        server.name(),
                        server.release()),
                now.minus(server.leaseAge()),
                false,
                List.of(),
                server);
    }
}
