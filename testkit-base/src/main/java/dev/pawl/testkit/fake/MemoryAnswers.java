package dev.pawl.testkit.fake;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.KeptAnswers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps answers in memory. Safe for many threads. */
public final class MemoryAnswers implements KeptAnswers {

    private final Map<String, KeptAnswer> answers = new ConcurrentHashMap<>();

    /** Everything that is kept, as one text. */
    public String kept() {
        return answers.toString();
    }

    @Override
    public Optional<KeptAnswer> find(String key) {
        return Optional.ofNullable(answers.get(key));
    }

    @Override
    public CompletionStage<Void> keep(RequestKey key, String json) {
        answers.put(key.key(), new KeptAnswer(key.digest(), json));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Integer> forget(Instant before, int most) {
        throw new UnsupportedOperationException("A test's answers are not forgotten.");
    }
}
