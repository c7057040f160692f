package dev.pawl.deploy;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.RollOutStore;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.SharedDeployments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records in memory that several servers share, with their jars and their turn. */
final class MemoryCluster {

    final MemoryDeployments records = new MemoryDeployments();

    private final Map<String, byte[]> jars = new HashMap<>();
    private final Map<String, List<ServerModule>> modules = new TreeMap<>();
    private final Map<String, MemoryRollOuts> rollOuts = new ConcurrentHashMap<>();
    final Map<String, MemoryRollOuts.Live> live = new TreeMap<>(); // guarded by this
    final Set<String> lost = ConcurrentHashMap.newKeySet(); // servers whose lease is over
    final AtomicInteger refusedTurns = new AtomicInteger();
    volatile boolean isAway; // gives nobody the turn
    private volatile @Nullable String broken; // the digest of a jar that cannot be fetched in a way that nobody foresaw
    private @Nullable String turn;
    private long changes;

    /** The store as one of the servers has it. */
    DeploymentStore store(String server) {
        Part part = new Part(server);
        rollOuts.put(server, new MemoryRollOuts(this, server));
        return (DeploymentStore) Proxy.newProxyInstance(
                MemoryCluster.class.getClassLoader(),
                new Class<?>[] {DeploymentStore.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("shared")) {
                        return Optional.of(part);
                    }
                    if (method.getName().equals("current")) {
                        return rollOuts.get(server).current(records.current());
                    }
                    if (method.getName().equals("put") || method.getName().equals("remove")) {
                        changed();
                    }
                    try {
                        return method.invoke(records, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The roll-outs as one of the servers has them. */
    MemoryRollOuts rollOuts(String server) {
        return rollOuts.get(server);
    }

    synchronized void changed() {
        changes++;
    }

    /** The state of a module bundle as its server says it. */
    synchronized Optional<ServerModule> said(String server, String bundle) {
        return modules.getOrDefault(server, List.of()).stream()
                .filter(module -> module.bundle().equals(bundle))
                .findFirst();
    }

    /** The names of all servers, lost ones included. */
    Set<String> servers() {
        return rollOuts.keySet();
    }

    /** Lets the fetch of a jar fail in a way that nobody foresaw; of none when null. */
    void breaks(@Nullable String sha256) {
        broken = sha256;
    }

    /** The server that has the turn. */
    synchronized Optional<String> turn() {
        return Optional.ofNullable(turn);
    }

    private final class Part implements SharedDeployments {

        private final String server;

        Part(String server) {
            this.server = server;
        }

        @Override
        public long changes() {
            synchronized (MemoryCluster.this) {
                return changes;
            }
        }

        @Override
        public void keepJar(String sha256, Path jar) {
            synchronized (MemoryCluster.this) {
                try {
                    jars.put(sha256, Files.readAllBytes(jar));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public boolean fetchJar(String sha256, Path file) {
            if (sha256.equals(broken)) {
                throw new IllegalStateException("This was not foreseen.");
            }
            synchronized (MemoryCluster.this) {
                byte[] jar = jars.get(sha256);
                try {
                    if (jar != null) {
                        Files.write(file, jar);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return jar != null;
            }
        }

        @Override
        public void forgetJars(Duration within) {}

        @Override
        public boolean takeTurn(Duration within) {
            if (isAway) {
                refusedTurns.incrementAndGet();
                throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store is away.");
            }
            synchronized (MemoryCluster.this) {
                if (turn == null) {
                    turn = server;
                }
                return turn.equals(server);
            }
        }

        @Override
        public void endTurn() {
            synchronized (MemoryCluster.this) {
                if (server.equals(turn)) {
                    turn = null;
                }
            }
        }

        @Override
        public void report(List<ServerModule> said) {
            synchronized (MemoryCluster.this) {
                modules.put(server, said);
            }
        }

        @Override
        public void report(ServerModule module) {
            synchronized (MemoryCluster.this) {
                List<ServerModule> others = modules.getOrDefault(server, List.of()).stream()
                        .filter(said -> !said.bundle().equals(module.bundle()))
                        .toList();
                modules.put(
                        server,
                        Stream.concat(others.stream(), Stream.of(module)).toList());
            }
        }

        @Override
        public RollOutStore rollOuts() {
            return MemoryCluster.this.rollOuts(server);
        }

        @Override
        public List<ServerJob> running(Collection<String> ids) {
            return List.of();
        }
    }
}
