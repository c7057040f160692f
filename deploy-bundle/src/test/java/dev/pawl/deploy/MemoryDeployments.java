package dev.pawl.deploy;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.SharedDeployments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deployment records in memory that survive a restart of the framework within a test. */
public final class MemoryDeployments implements DeploymentStore {

    /** Makes the next write fail. */
    volatile boolean full;

    /** Runs before and after each write. */
    volatile Runnable aroundWrites = () -> {};

    private final Map<String, Deployment> current = new TreeMap<>();
    private final Map<String, List<Deployment>> former = new TreeMap<>();

    private final List<HistoryEntry> history = new ArrayList<>();

    /** A copy of the records as they are now. */
    synchronized MemoryDeployments copy() {
        MemoryDeployments copy = new MemoryDeployments();
        copy.current.putAll(current);
        former.forEach((bundle, deployments) -> copy.former.put(bundle, new ArrayList<>(deployments)));
        copy.history.addAll(history);
        return copy;
    }

    @Override
    public Optional<SharedDeployments> shared() {
        return Optional.empty();
    }

    @Override
    public synchronized List<Deployment> current() {
        return List.copyOf(current.values());
    }

    @Override
    public synchronized List<Deployment> former(String bundle) {
        return List.copyOf(former.getOrDefault(bundle, List.of()));
    }

    @Override
    public synchronized CompletionStage<Void> put(Deployment deployment) {
        if (full) {
            full = false;
            return CompletableFuture.failedFuture(new IllegalStateException("The disk is full."));
        }
        aroundWrites.run();
        Deployment before = current.put(deployment.bundle(), deployment);
        if (before != null && !before.sha256().equals(deployment.sha256())) {
            retire(before);
        }
        former.getOrDefault(deployment.bundle(), new ArrayList<>())
                .removeIf(old -> old.sha256().equals(deployment.sha256()));
        aroundWrites.run();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(String bundle) {
        aroundWrites.run();
        Deployment before = current.remove(bundle);
        if (before != null) {
            retire(before);
        }
        aroundWrites.run();
        return CompletableFuture.completedFuture(before != null);
    }

    @Override
    public synchronized CompletionStage<Void> put(
            Deployment deployment, HistoryEntry line, @Nullable AuditedChange change) {
        CompletionStage<Void> put = put(deployment);
        return put.thenCompose(written -> note(line));
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(
            String bundle, HistoryEntry line, @Nullable AuditedChange change) {
        note(line);
        return remove(bundle);
    }

    @Override
    public synchronized CompletionStage<Void> note(HistoryEntry line, @Nullable AuditedChange change) {
        history.add(0, line);
        int kept = 0;
        for (Iterator<HistoryEntry> lines = history.iterator(); lines.hasNext(); ) {
            if (lines.next().bundle().equals(line.bundle()) && ++kept > 1_000) {
                lines.remove();
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized List<HistoryEntry> history(String module, int limit) {
        Set<String> bundles = history.stream()
                .filter(line -> line.modules().contains(module))
                .map(HistoryEntry::bundle)
                .collect(Collectors.toSet());
        return history.stream()
                .filter(line -> bundles.contains(line.bundle()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized CompletionStage<List<Deployment>> prune(String bundle, int kept) {
        List<Deployment> all = former.getOrDefault(bundle, new ArrayList<>());
        List<Deployment> forgotten = List.copyOf(all.subList(Math.min(kept, all.size()), all.size()));
        all.subList(Math.min(kept, all.size()), all.size()).clear();
        aroundWrites.run();
        return CompletableFuture.completedFuture(forgotten);
    }

    private void retire(Deployment deployment) {
        former.computeIfAbsent(deployment.bundle(), name -> new ArrayList<>()).add(0, deployment);
    }
}
