package dev.pawl.testkit;

import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.data.DocumentPage;
import dev.pawl.service.data.Documents;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Instant;
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

    /** The time of every change. */
    public static final Instant CHANGED_AT = Instant.parse("2026-01-01T10:00:00Z");

    private final ConcurrentSkipListMap<String, String> documents = new ConcurrentSkipListMap<>();

    @Override
    public String get(String module, String name) {
        return known(documents.get(module + "/" + name), name);
    }

    @Override
    public synchronized CompletionStage<Void> put(String module, String name, String json, DocumentCheck check) {
        check.check(documents.get(module + "/" + name));
        documents.put(module + "/" + name, json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> delete(String module, String name, DocumentCheck check) {
        check.check(documents.get(module + "/" + name));
        known(documents.remove(module + "/" + name), name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public DocumentPage page(@Nullable String module, @Nullable String cursor, int limit) {
        List<DocumentEntry> found = documents.tailMap(cursor == null ? "" : cursor, false).entrySet().stream()
                .filter(entry -> module == null || entry.getKey().startsWith(module + "/"))
                .limit(limit + 1L)
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        boolean isLast = found.size() <= limit;
        DocumentEntry last = isLast ? null : found.get(limit - 1);
        return new DocumentPage(
                isLast ? found : found.subList(0, limit), last == null ? null : last.module() + "/" + last.name());
    }

    private static DocumentEntry entry(String key, String json) {
        int slash = key.indexOf('/');
        return new DocumentEntry(key.substring(0, slash), key.substring(slash + 1), json.length(), CHANGED_AT);
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
