package dev.pawl.testkit;

import dev.pawl.service.data.Documents;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents in memory and accepts all of them: the rules for names and contents belong to the real service. Safe for use by several
 * threads.
 */
public final class MemoryDocuments implements Documents {

    private final ConcurrentSkipListMap<String, String> documents = new ConcurrentSkipListMap<>();

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

    private static String known(@Nullable String found, String name) {
        if (found == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_DOCUMENT, "There is no document " + name + ".");
        }
        return found;
    }
}
