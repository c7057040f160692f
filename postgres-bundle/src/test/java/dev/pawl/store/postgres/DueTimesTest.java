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
import dev.pawl.testkit.Eventually;
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

    private static final String WAITING = "SELECT count(*) FROM later WHERE due_at > " + StoreClock.MICROS;

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

    private static NewJob dueIn(Duration wait) {
        JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of())))
                .notBefore(Instant.now().plus(wait))
                .build();
        return new NewJob(UUID.randomUUID(), request, READING);
    }

    private boolean isDue() {
        return store.readers().read(session -> session.number(WAITING)) == 0;
    }

    @Test
    void aJobThatBecomesDueBetweenTheClaimAndTheQuestionForTheNextTimeIsInTheAnswer() {
        await(store.add(List.of(dueIn(Duration.ofSeconds(2)))));
        await(store.offer());
        Eventually.eventually("the job is due", this::isDue);
        assertEquals(0, taken.size());

        assertFalse(store.nextDue(READING).isEmpty(), "nobody would look again");

        await(store.offer());
        assertEquals(1, taken.size());
        assertEquals(List.of(), store.nextDue(READING).stream().toList());
    }

    @Test
    void moreJobsThanOneLookMovesAreAllClaimedOnceTheyAreDue() {
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < 1_500; n++) {
            jobs.add(dueIn(Duration.ofSeconds(2)));
        }
        await(store.add(jobs));
        Eventually.eventually("the jobs are due", this::isDue);

        await(store.offer());
        assertEquals(1_000, taken.size());
        assertFalse(store.nextDue(READING).isEmpty(), "nobody would look for the others");
        await(store.offer());
        assertEquals(1_500, taken.size());
    }
}
