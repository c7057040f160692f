package dev.pawl.shell;

import dev.pawl.api.data.Documents;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps documents in memory, and takes every one. */
final class FakeDocuments implements Documents {

    private final Map<String, String> documents = new ConcurrentSkipListMap<>();

    @Override
    public String get(String module, String name) {
        return known(documents.get(module + "/" + name), name);
    }

    @Override
    public CompletionStage<Void> put(String module, String name, String json) {
        documents.put(module + "/" + name, json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> delete(String module, String name) {
        known(documents.remove(module + "/" + name), name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<String> names(String module) {
        return documents.keySet().stream()
                .filter(key -> key.startsWith(module + "/"))
                .map(key -> key.substring(module.length() + 1))
                .toList();
    }

    private static <T> T known(T found, String name) {
        if (found == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_DOCUMENT, "There is no document " + name + ".");
        }
        return found;
    }
}
