package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.NewJob;
import dev.pawl.testkit.KeptAnswersContract;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresKeptAnswersTest extends KeptAnswersContract {

    private static final int KEYS = 40;

    private PostgresStore store;

    @BeforeEach
    void openStore() throws SQLException {
        TestDatabase.empty();
        store = TestDatabase.store();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    protected KeptAnswers answers() {
        return new PostgresKeptAnswers(store);
    }

    @Override
    protected JobStore jobs() {
        return store;
    }

    @Override
    protected void reopen() {
        store.close();
        store = TestDatabase.store();
    }

    private static NewJob job(int key) {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                Instant.EPOCH,
                holder -> {},
                new RequestKey("key " + key, "digest", Instant.EPOCH));
    }

    /** Whether the request added its job; otherwise it was refused because of the other's answer. */
    private static boolean isAdded(CompletionStage<?> request) {
        try {
            request.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
            return true;
        } catch (CompletionException e) {
            assertTrue(
                    e.getCause() instanceof ProblemException refused && refused.code() == ProblemCode.REQUEST_UNDER_WAY,
                    () -> "failed with " + e.getCause());
            return false;
        }
    }

    @Test
    void ofARequestThatIsRepeatedToTwoServersAtOnceOneIsAnswered() {
        PostgresStore other = TestDatabase.store();
        try {
            List<CompletionStage<?>> first = new ArrayList<>();
            List<CompletionStage<?>> second = new ArrayList<>();
            for (int n = 0; n < KEYS; n++) { // in opposite orders, so that their transactions may wait for each other
                first.add(store.add(List.of(job(n))));
                second.add(other.add(List.of(job(KEYS - 1 - n))));
            }
            for (int n = 0; n < KEYS; n++) {
                boolean here = isAdded(first.get(n));
                boolean there = isAdded(second.get(KEYS - 1 - n));
                assertTrue(here ^ there, "key " + n + ": " + here + " and " + there);
            }
            assertEquals(KEYS, store.counts().get(JobStatus.PENDING));
            assertEquals(KEYS, other.pending(1_000).size());
        } finally {
            other.close();
        }
    }
}
