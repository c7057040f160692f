package dev.pawl.testkit;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Documents in memory: those of the module under test, whatever its id, and those of the runtime. Safe for use by several threads. */
final class HarnessDocuments implements DocumentStore {

    static final String OF_MODULE = "module";

    private static final String OF_RUNTIME = "pawl:";

    private final ConcurrentSkipListMap<String, String> documents = new ConcurrentSkipListMap<>();

    void addAll(HarnessDocuments others) {
        documents.putAll(others.documents);
    }

    private static String key(String owner, String name) {
        return prefix(owner) + name;
    }

    private static String prefix(String owner) {
        return (owner.startsWith(OF_RUNTIME) ? owner : OF_MODULE) + "/";
    }

    @Override
    public Optional<String> get(String owner, String name) {
        return Optional.ofNullable(documents.get(key(owner, name)));
    }

    @Override
    public CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change) {
        check.check(documents.get(key(owner, name)));
        documents.put(key(owner, name), json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> delete(
            String owner, String name, DocumentCheck check, @Nullable AuditedChange change) {
        check.check(documents.get(key(owner, name)));
        return CompletableFuture.completedFuture(documents.remove(key(owner, name)) != null);
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
        throw new UnsupportedOperationException("No module lists documents.");
    }

    @Override
    public List<String> names(String owner) {
        String prefix = prefix(owner);
        return documents.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
