package dev.pawl.http.fake;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.secret.SecretEntry;
import dev.pawl.service.secret.SecretPage;
import dev.pawl.testkit.fake.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Secrets in memory, with the values that were set. */
public final class MemorySecrets implements NamedSecrets {

    private final Map<String, Set<String>> modules = new ConcurrentSkipListMap<>();
    private final Map<String, String> values = new ConcurrentSkipListMap<>();

    /** The values by name. */
    public Map<String, String> values() {
        return values;
    }

    @Override
    public CompletionStage<Void> set(String name, String value, @Nullable Set<String> forModules) {
        if (value.length() > MOST_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "value has more than 64 KiB, the most it takes.");
        }
        values.put(name, value);
        modules.put(name, forModules == null ? modules.getOrDefault(name, Set.of()) : forModules);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        modules.remove(name);
        return values.remove(name) == null
                ? CompletableFuture.failedFuture(new ProblemException(
                        ProblemCode.UNKNOWN_SECRET, "The server keeps no secret \"" + name + "\"."))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public SecretPage page(@Nullable String cursor, int limit) {
        List<SecretEntry> all = modules.entrySet().stream()
                .filter(secret -> cursor == null || secret.getKey().compareTo(cursor) > 0)
                .map(secret ->
                        new SecretEntry(secret.getKey(), List.copyOf(secret.getValue()), true, Jobs.CREATED, "admin"))
                .toList();
        return all.size() <= limit
                ? new SecretPage(all, null)
                : new SecretPage(all.subList(0, limit), all.get(limit - 1).name());
    }
}
