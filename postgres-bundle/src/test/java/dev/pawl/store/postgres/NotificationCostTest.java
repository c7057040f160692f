package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statements that notifications cost the end of a job. */
@ExtendWith(TestDatabase.class)
class NotificationCostTest {

    @RegisterExtension
    final CountedStore store = new CountedStore();

    private void put(String name, Set<String> modules) {
        NotificationRule rule = new NotificationRule(
                name,
                Set.of(NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING),
                null,
                null,
                modules,
                null,
                new NotificationTarget(NotificationFormat.SLACK, "sealed", null, List.of()),
                Duration.ZERO,
                Duration.ZERO,
                false);
        KeptNotificationRule kept = new KeptNotificationRule(rule, "", 0, Instant.EPOCH, null);
        await(new PostgresNotifications(store.get(), InstantSource.system()).put(kept, null));
    }

    /** The round trips of the writer for the end of a job. */
    private int ofEnd(boolean isFailed) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        await(store.get().add(List.of(new NewJob(UUID.randomUUID(), request, Instant.EPOCH))));
        Job job = await(store.get().claim(new ClaimRequest("w", 1, 10_000, null, Map.of(), Instant.EPOCH, null)))
                .get(0);
        RunMove move = isFailed
                ? new RunMove.Failed(new Failure(Phase.RUN, 0, "m", "It broke.", null), Instant.EPOCH)
                : new RunMove.Completed(Instant.EPOCH);
        store.statements();
        await(store.get()
                .write(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0).withMove(move)));
        return store.statements();
    }

    @Test
    void anEndThatNoRuleIsForCostsNoStatementMore() {
        ofEnd(true); // reads that there are no rules
        int completed = ofEnd(false);
        int failed = ofEnd(true);
        put("a", Set.of("another"));
        ofEnd(true); // reads the rules
        assertEquals(completed, ofEnd(false));
        assertEquals(failed, ofEnd(true));
        put("b", Set.of());
        ofEnd(true);
        assertTrue(ofEnd(true) > failed, "the count sees what a message costs");
    }
}
