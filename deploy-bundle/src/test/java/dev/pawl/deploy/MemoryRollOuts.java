package dev.pawl.deploy;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.deploy.RollOut.Step;
import dev.pawl.service.store.RollOutStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Roll-outs in memory, as one of the servers of a {@link MemoryCluster} has them. */
final class MemoryRollOuts implements RollOutStore {

    private final MemoryCluster cluster;
    private final String server;

    /** A roll-out. */
    static final class Live {
        final long generation = System.nanoTime();
        final @Nullable Deployment from;
        final Deployment to;
        final String server;
        final Map<String, Step> steps = new TreeMap<>();
        boolean isHeld;
        int losses;

        Live(@Nullable Deployment from, Deployment to, boolean isHeld, String server) {
            this.from = from;
            this.to = to;
            this.isHeld = isHeld;
            this.server = server;
        }
    }

    MemoryRollOuts(MemoryCluster cluster, String server) {
        this.cluster = cluster;
        this.server = server;
    }

    /** The deployments that this server is to have. */
    List<Deployment> current(List<Deployment> all) {
        synchronized (cluster) {
            List<Deployment> own = new ArrayList<>();
            for (Deployment one : all) {
                Live live = cluster.live.get(one.bundle());
                Deployment wanted = live == null || live.steps.containsKey(server) ? one : live.from;
                if (wanted != null) {
                    own.add(wanted);
                }
            }
            return own;
        }
    }

    private Step step(State state, Duration within) {
        return new Step(server, server.hashCode(), true, state, Instant.now().plus(within), false, false);
    }

    private boolean with(String bundle, Predicate<Live> move) {
        synchronized (cluster) {
            Live live = cluster.live.get(bundle);
            boolean isMade = live != null && move.test(live);
            if (isMade) {
                cluster.changed();
            }
            return isMade;
        }
    }

    private boolean with(RollOut rollOut, Predicate<Live> move) {
        return with(rollOut.bundle(), live -> live.generation == rollOut.generation() && move.test(live));
    }

    @Override
    public List<RollOut> live() {
        synchronized (cluster) {
            return cluster.live.values().stream().map(this::seen).toList();
        }
    }

    private RollOut seen(Live live) {
        return new RollOut(
                live.to.bundle(),
                live.generation,
                live.from,
                live.to,
                live.isHeld,
                Instant.EPOCH,
                live.to.installedBy(),
                live.server,
                live.losses,
                false,
                live.steps.values().stream().map(this::seen).toList());
    }

    private Step seen(Step step) {
        return new Step(
                step.server(),
                step.owner(),
                step.server().equals(server),
                step.state(),
                step.until(),
                cluster.lost.contains(step.server()),
                false);
    }

    @Override
    public boolean begin(
            Deployment to, boolean isHeld, Duration proving, HistoryEntry line, @Nullable AuditedChange change) {
        synchronized (cluster) {
            if (cluster.live.containsKey(to.bundle())) {
                return false;
            }
            Deployment from = cluster.records.current().stream()
                    .filter(current -> current.bundle().equals(to.bundle()))
                    .findFirst()
                    .orElse(null);
            Live live = new Live(from, to, isHeld, server);
            live.steps.put(server, step(State.PROVING, proving));
            cluster.live.put(to.bundle(), live);
            cluster.records.put(to, line, change);
            cluster.changed();
            return true;
        }
    }

    @Override
    public boolean takeStep(RollOut rollOut, Duration within) {
        return with(
                rollOut,
                live -> !cluster.lost.contains(server)
                        && live.steps.putIfAbsent(server, step(State.DRAINING, within)) == null);
    }

    @Override
    public boolean moveStep(String bundle, State from, State to, Duration within) {
        return with(
                bundle,
                live -> live.steps.getOrDefault(server, step(to, within)).state() == from
                        && live.steps.put(server, step(to, within)) != null);
    }

    @Override
    public boolean serves(String bundle) {
        return with(
                bundle,
                live -> !live.steps.get(server).until().isAfter(Instant.now())
                        && live.steps.put(server, step(State.SERVING, Duration.ZERO)) != null);
    }

    @Override
    public boolean skip(RollOut rollOut, Step step) {
        return with(rollOut, live -> {
            boolean isGone = live.steps.remove(step.server()) != null;
            live.losses += isGone && live.isHeld && step.state() == State.SERVING ? 1 : 0;
            return isGone;
        });
    }

    @Override
    public boolean promote(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change) {
        return with(rollOut, live -> {
            boolean wasHeld = live.isHeld;
            live.isHeld = false;
            cluster.records.note(line, change);
            return wasHeld;
        });
    }

    @Override
    public boolean goBack(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change) {
        return with(rollOut, live -> {
            cluster.live.remove(live.to.bundle());
            if (live.from == null) {
                cluster.records.remove(live.to.bundle(), line, change);
            } else {
                cluster.records.put(live.from, line, change);
            }
            return true;
        });
    }

    @Override
    public boolean finish(RollOut rollOut, HistoryEntry line) {
        return with(rollOut, live -> {
            Set<String> living = new HashSet<>(cluster.servers());
            living.removeAll(cluster.lost);
            boolean isDone = !live.isHeld
                    && living.stream()
                            .allMatch(name -> live.steps.containsKey(name)
                                    && live.steps.get(name).state() == State.SERVING);
            if (isDone) {
                cluster.live.remove(live.to.bundle());
                cluster.records.note(line, null);
            }
            return isDone;
        });
    }

    @Override
    public void leave() {
        synchronized (cluster) {
            cluster.live.values().forEach(live -> live.steps.remove(server));
        }
    }
}
