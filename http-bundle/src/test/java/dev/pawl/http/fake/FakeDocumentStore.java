package dev.pawl.http.fake;

import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps documents in memory. */
public final class FakeDocumentStore implements DocumentStore {

    private final Map<String, String> documents = new ConcurrentSkipListMap<>();

    @Override
    public Optional<String> get(String owner, String name) {
        return Optional.ofNullable(documents.get(owner + "/" + name));
    }

    @Override
    public CompletionStage<Void> put(String owner, String name, String json) {
        documents.put(owner + "/" + name, json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> delete(String owner, String name) {
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

    @Override
    public List<String> names(String owner) {
        return documents.keySet().stream()
                .filter(key -> key.startsWith(owner + "/"))
                .map(key -> key.substring(owner.length() + 1))
                .toList();
    }
}
