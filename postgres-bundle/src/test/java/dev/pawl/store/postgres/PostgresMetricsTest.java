package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.RecordedMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The measurements of a store that another server shares. */
@ExtendWith(TestDatabase.class)
class PostgresMetricsTest {

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private RecordedMetrics measured() {
        return RecordedMetrics.of(new PostgresMetrics(
                stores.first, () -> InstantSource.system().instant().minusSeconds(3_600), "."));
    }

    private static void add(PostgresStore store) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("hello", Map.of()))).build();
        await(store.add(List.of(new NewJob(UUID.randomUUID(), request, Instant.EPOCH))));
    }

    @Test
    void jobsOfAllServersAreCounted() {
        measured();
        add(stores.first);
        add(stores.second);
        Eventually.eventually(() -> assertEquals(2, measured().value("pawl_jobs{status=pending}")));
    }

    @Test
    void whatGoesOnBetweenServersIsMeasured() {
        Eventually.eventually(() -> {
            RecordedMetrics measured = measured();
            assertEquals(2, measured.value("pawl_store_servers"));
            assertTrue(measured.value("pawl_store_news_age_seconds") < 15);
        });
        assertEquals(3_600, measured().value("pawl_store_clock_offset_seconds"), 60);
        assertEquals(0, measured().value("pawl_store_lease_losses_total"));
    }

    @Test
    void jobsThatClaimsHadToLeaveAreCountedByReason() {
        assertEquals(0, measured().value("pawl_store_claims_refused_total{reason=limit}"));
        add(stores.first);
        ClaimRequest claim = new ClaimRequest("w", 10, 10, null, Map.of("hello", 0), Instant.EPOCH, null);
        assertEquals(List.of(), await(stores.first.claim(claim)));
        assertEquals(1, measured().value("pawl_store_claims_refused_total{reason=limit}"));
        assertEquals(0, measured().value("pawl_store_claims_refused_total{reason=lease}"));
    }

    @Test
    void commitsAreMeasuredWithTheirSizesAndTheLeaseWithItsAge() {
        add(stores.first);
        RecordedMetrics measured = measured();
        assertEquals(1, measured.value("pawl_store_up"));
        assertTrue(measured.value("pawl_store_commit_duration_seconds") >= 1);
        assertEquals(measured.value("pawl_store_commit_duration_seconds"), measured.value("pawl_store_commit_writes"));
        assertEquals(0, measured.value("pawl_store_commit_failures_total"));
        assertTrue(measured.value("pawl_disk_free_bytes") > 0);
        double age = measured.value("pawl_store_lease_age_seconds");
        assertTrue(age >= 0 && age < 15, () -> "renewed every four seconds: " + age);
    }
}
