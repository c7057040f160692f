package dev.pawl.http.fake;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentObserver;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps documents in memory. */
public final class FakeDocumentStore implements DocumentStore {

    private final Map<String, String> documents = new ConcurrentSkipListMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final List<DocumentObserver> observers = new CopyOnWriteArrayList<>();
    private volatile boolean refusesWrites;

    /** Makes it fail writes, or accept them again. */
    public void refuseWrites(boolean refuse) {
        refusesWrites = refuse;
    }

    /** The number of reads so far. */
    public int reads() {
        return reads.get();
    }

    /** The number of writes so far. */
    public int writes() {
        return writes.get();
    }

    @Override
    public void observe(String owner, DocumentObserver observer) {
        observers.add(observer);
    }

    /** Tells all observers that another server has changed documents. */
    public void changedElsewhere(String owner) {
        observers.forEach(observer -> observer.changedElsewhere(owner));
    }

    @Override
    public Optional<String> get(String owner, String name) {
        reads.incrementAndGet();
        return Optional.ofNullable(documents.get(owner + "/" + name));
    }

    @Override
    public CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change) {
        if (refusesWrites) {
            return CompletableFuture.failedFuture(unavailable());
        }
        try {
            check.check(documents.get(owner + "/" + name));
        } catch (RuntimeException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        writes.incrementAndGet();
        documents.put(owner + "/" + name, json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> delete(
            String owner, String name, DocumentCheck check, @Nullable AuditedChange change) {
        if (refusesWrites) {
            return CompletableFuture.failedFuture(unavailable());
        }
        check.check(documents.get(owner + "/" + name));
        return CompletableFuture.completedFuture(documents.remove(owner + "/" + name) != null);
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        return put(owner, name, json);
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return delete(owner, name);
    }

    private static ProblemException unavailable() {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full.");
    }

    @Override
    public List<DocumentEntry> list(@Nullable String owner, String afterOwner, String afterName, int limit) {
        throw new UnsupportedOperationException("No module lists documents.");
    }

    @Override
    public List<String> names(String owner) {
        reads.incrementAndGet();
        return documents.keySet().stream()
                .filter(key -> key.startsWith(owner + "/"))
                .map(key -> key.substring(owner.length() + 1))
                .toList();
    }
}
