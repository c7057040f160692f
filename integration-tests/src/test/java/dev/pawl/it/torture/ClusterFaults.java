package dev.pawl.it.torture;

import dev.pawl.it.cluster.Cluster;
import dev.pawl.it.cluster.Cut;
import dev.pawl.it.cluster.ListenerCut;
import dev.pawl.it.history.History;
import dev.pawl.it.history.HistoryLog;
import dev.pawl.it.history.Outages;
import dev.pawl.it.history.Outages.Outage;
import dev.pawl.it.history.Takeovers;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Causes faults of servers under load, of their network and of their database, each of which is over when its method returns. */
final class ClusterFaults {

    private static final long LISTENER_LOOK_MS = 200;

    private final Cluster cluster;
    private final List<String> names;
    private final HistoryLog log;
    private final Versions versions;
    private final Ledger ledger;
    private final HookTrail hooks;
    private final Map<String, Load> loads = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Gone> gone = new ArrayList<>();
    private final List<Long> late = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    /** The end of a server. */
    private record Gone(long owner, long atMicros, boolean killed) {}

    /** Begins the load on all servers. */
    ClusterFaults(
            Cluster cluster, List<String> names, HistoryLog log, Versions versions, Ledger ledger, HookTrail hooks) {
        this.cluster = cluster;
        this.names = names;
        this.log = log;
        this.versions = versions;
        this.ledger = ledger;
        this.hooks = hooks;
        names.forEach(this::load);
    }

    private void load(String name) {
        int seed = ledger.all().size();
        loads.put(name, Load.on(cluster.servers().get(name), ledger, hooks, seed));
    }

    private void unload(String name) {
        Load load = loads.remove(name);
        if (load != null) {
            load.close();
        }
    }

    /** Ends the load. */
    void end() {
        names.forEach(this::unload);
    }

    /** The number of faults of each kind. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Servers that were stopped for longer than their lease, so that their modules could not know. */
    List<Long> late() {
        return late;
    }

    /** The times from the end of servers to the next claims of their jobs. */
    Takeovers takeovers(History history, boolean killed) {
        Takeovers times = new Takeovers();
        gone.stream()
                .filter(end -> end.killed() == killed)
                .forEach(end -> times.add(history, end.owner(), end.atMicros()));
        return times;
    }

    /** The rates of ends before and after the database was away. */
    Outages outages(History history) {
        return Outages.of(history, outages);
    }

    /** Causes a fault, and returns when what had ended is there again. */
    void cause(ClusterFault fault) throws IOException, InterruptedException, SQLException {
        counts.merge(fault.kind() + (fault.isLong() ? " for long" : ""), 1, Integer::sum);
        String name = names.get(fault.server());
        switch (fault.kind()) {
            case KILL -> {
                kill(name);
                Ordeal.sleep(fault.lastsMs());
                comeBack(name);
            }
            case TERMINATE -> {
                leave(name);
                Ordeal.sleep(fault.lastsMs() / 4);
                comeBack(name);
            }
            case FREEZE -> freeze(name, fault);
            case KILL_DATABASE -> {
                long killedAt = micros();
                cluster.database().kill();
                Ordeal.sleep(fault.lastsMs());
                cluster.database().startAgain();
                outages.add(new Outage(killedAt, micros()));
            }
            case UPDATE -> versions.update(cluster.servers().get(name).api());
            case KILL_IN_UPDATE -> killInUpdate(name, fault);
            case CUT, CUT_TO_THE_DATABASE, CUT_TO_THE_SERVER -> cut(name, fault);
            case CUT_THE_LISTENER -> cutListener(name, fault);
        }
    }

    private void killInUpdate(String name, ClusterFault fault) throws InterruptedException, SQLException {
        Server updated = cluster.servers().get(name);
        Thread update = new Thread(() -> versions.update(updated.api()), "torture-update");
        update.start();
        Ordeal.sleep(fault.lastsMs() % 2_000);
        String victim = names.get((fault.server() + fault.lastsMs() % 2) % names.size());
        kill(victim);
        comeBack(victim);
        update.join();
    }

    private void kill(String name) throws SQLException {
        gone.add(new Gone(log.owner(name), micros(), true));
        cluster.servers().get(name).kill();
        ledger.killed();
        unload(name);
    }

    private void leave(String name) throws SQLException {
        gone.add(new Gone(log.owner(name), micros(), false));
        Server server = cluster.servers().get(name);
        if (server.terminate() != 0) {
            ledger.violation(name + " did not end with 0. It said:\n" + server.said());
        }
        unload(name);
    }

    private void comeBack(String name) {
        cluster.start(name, Torture.SETTINGS);
        load(name);
    }

    private void freeze(String name, ClusterFault fault) throws IOException, InterruptedException, SQLException {
        if (fault.isLong()) {
            late.add(log.owner(name));
        }
        String pid = String.valueOf(cluster.servers().get(name).pid());
        Disk.succeeds("kill", "-STOP", pid);
        Ordeal.sleep(fault.lastsMs());
        Disk.succeeds("kill", "-CONT", pid);
    }

    private void cut(String name, ClusterFault fault) throws IOException, InterruptedException {
        Cut.Direction direction =
                switch (fault.kind()) {
                    case CUT_TO_THE_DATABASE -> Cut.Direction.TO_THE_DATABASE;
                    case CUT_TO_THE_SERVER -> Cut.Direction.TO_THE_SERVER;
                    default -> Cut.Direction.BOTH;
                };
        Cut cut = new Cut(cluster.address(name), cluster.database().port(), direction);
        try {
            Ordeal.sleep(fault.lastsMs());
        } finally {
            cut.close();
        }
    }

    /** Whenever the server listens with a new connection, that one is cut too. */
    private void cutListener(String name, ClusterFault fault) throws IOException, InterruptedException, SQLException {
        try (ListenerCut cut = new ListenerCut(cluster, name)) {
            long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(fault.lastsMs());
            while (System.nanoTime() - untilNs < 0) {
                cut.renew();
                Ordeal.sleep(LISTENER_LOOK_MS);
            }
        }
    }

    private static long micros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }
}
