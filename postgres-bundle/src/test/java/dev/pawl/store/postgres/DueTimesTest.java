package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Times at which jobs become due, by the clock of a database that goes on while it is asked. */
@ExtendWith(TestDatabase.class)
class DueTimesTest {

    private static final Instant READING = Instant.parse("1999-01-01T00:00:00Z");

    private static final String BECOME_DUE = "UPDATE later SET due_at = " + StoreClock.MICROS;

    private final BlockingQueue<Job> taken = new LinkedBlockingQueue<>();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase.empty();
        store = TestDatabase.store();
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("w", 2_000, 2_000, null, Map.of(), READING, null);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static NewJob later() {
        JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of())))
                .notBefore(Instant.now().plus(Duration.ofHours(1)))
                .build();
        return new NewJob(UUID.randomUUID(), request, READING);
    }

    @Test
    void aJobThatBecomesDueBetweenTheClaimAndTheQuestionForTheNextTimeIsInTheAnswer() throws SQLException {
        await(store.add(List.of(later())));
        await(store.offer());
        assertEquals(0, taken.size());
        TestDatabase.run(BECOME_DUE);

        assertFalse(store.nextDue(READING).isEmpty(), "nobody would look again");

        await(store.offer());
        assertEquals(1, taken.size());
        assertEquals(List.of(), store.nextDue(READING).stream().toList());
    }

    @Test
    void moreJobsThanOneLookMovesAreAllClaimedOnceTheyAreDue() throws SQLException {
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < 1_500; n++) {
            jobs.add(later());
        }
        await(store.add(jobs));
        TestDatabase.run(BECOME_DUE);

        await(store.offer());
        assertEquals(1_000, taken.size());
        assertFalse(store.nextDue(READING).isEmpty(), "nobody would look for the others");
        await(store.offer());
        assertEquals(1_500, taken.size());
    }
}
