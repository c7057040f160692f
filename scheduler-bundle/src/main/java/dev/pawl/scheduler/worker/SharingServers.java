package dev.pawl.scheduler.worker;

import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The servers that share a store, as workers beside this one. */
final class SharingServers {

    private SharingServers() {}

    /** This server with what the store knows of it, and the others. Their ids are their names, and their starts where names are the same. */
    static Stream<Worker> with(Worker own, List<StoreServer> servers, Instant now) {
        return Stream.concat(
                Stream.of(servers.stream()
                        .filter(StoreServer::isThis)
                        .findFirst()
                        .map(server -> new Worker(
                                own.id(), own.heartbeat(), own.seenAt(), own.disabled(), own.running(), server))
                        .orElse(own)),
                servers.stream().filter(server -> !server.isThis()).map(server -> other(server, servers, now)));
    }

    private static Worker other(StoreServer server, List<StoreServer> servers, Instant now) {
        boolean isAlone =
                servers.stream().filter(one -> one.name().equals(server.name())).count() == 1;
        return new Worker(
                isAlone ? server.name() : server.name() + " since " + server.startedAt(),
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
