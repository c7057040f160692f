package dev.pawl.testkit.fake;

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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Documents of the runtime in memory, which several servers share. It tells of changes at once. */
public final class MemoryDocumentStore implements DocumentStore {

    private volatile boolean isAway;

    private volatile boolean isSilent;

    private final Map<String, String> documents = new TreeMap<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    @Override
    public synchronized Optional<String> get(String owner, String name) {
        requireThere();
        return Optional.ofNullable(documents.get(owner + "/" + name));
    }

    @Override
    public CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change) {
        try {
            set(owner + "/" + name, json, check);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
        if (!isSilent) {
            tellAll();
        }
        return CompletableFuture.completedStage(null);
    }

    private synchronized void set(String key, @Nullable String json, DocumentCheck check) {
        requireThere();
        check.check(documents.get(key));
        if (json == null) {
            documents.remove(key);
        } else {
            documents.put(key, json);
        }
    }

    @Override
    public CompletionStage<Boolean> delete(
            String owner, String name, DocumentCheck check, @Nullable AuditedChange change) {
        boolean isThere = get(owner, name).isPresent();
        set(owner + "/" + name, null, check);
        return CompletableFuture.completedStage(isThere);
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        return put(owner, name, json);
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return delete(owner, name);
    }

    @Override
    public List<DocumentEntry> list(@Nullable String owner, String afterOwner, String afterName, int limit) {
        return List.of();
    }

    @Override
    public synchronized List<String> names(String owner) {
        requireThere();
        return documents.keySet().stream()
                .filter(key -> key.startsWith(owner + "/"))
                .map(key -> key.substring(owner.length() + 1))
                .toList();
    }

    private void requireThere() {
        if (isAway) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store is away.");
        }
    }

    @Override
    public void observe(String owner, DocumentObserver observer) {
        followers.add(() -> observer.changedElsewhere(owner));
    }

    /** Whether it refuses everything, as a database that cannot be reached. */
    public void isAway(boolean away) {
        isAway = away;
    }

    /** Whether it tells nobody of changes. */
    public void isSilent(boolean silent) {
        isSilent = silent;
    }

    /** Tells all who follow. */
    public void tellAll() {
        followers.forEach(Runnable::run);
    }
}
