package dev.pawl.service.store;

import dev.pawl.service.job.RequestKey;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the answers to requests that their clients may repeat, by {@link RequestKey}. The answer to a request for a job is kept by {@link
 * JobStore#add} in the transaction that adds the job: a JSON object with its {@code id}, its {@code status} at that moment, and whether it
 * is {@code existing}; for several, an object with the list {@code jobs} of such. Threads, futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface KeptAnswers {

    /** The number of answers that are kept at most; the oldest ones go first. */
    int MOST = 1_000_000;

    /**
     * An answer.
     *
     * @param digest the digest of the request to which it was given
     * @param json the answer, as JSON
     */
    record KeptAnswer(String digest, String json) {}

    /** The answer that is kept under a key. */
    Optional<KeptAnswer> find(String key);

    /** Keeps an answer; fails with {@code REQUEST_UNDER_WAY} when one is kept under its key already. */
    CompletionStage<Void> keep(RequestKey key, String json);

    /** Forgets the answers given before a time and those beyond {@link #MOST}, at most {@code most} of them; completes with their number. */
    CompletionStage<Integer> forget(Instant before, int most);
}
