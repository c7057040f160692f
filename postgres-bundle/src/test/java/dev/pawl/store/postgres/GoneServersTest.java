package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.PurgeRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of the transactions of servers that are gone become one, and nothing that is counted by them changes. */
@ExtendWith(TestDatabase.class)
final class GoneServersTest {

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private void add(PostgresStore store, int jobs) {
        for (int n = 0; n < jobs; n++) {
            NewJob job = new NewJob(
                    UUID.randomUUID(),
                    JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                    Instant.EPOCH);
            await(store.add(List.of(job)));
        }
    }

    private void fold() {
        new PostgresUpkeep(stores.second, InstantSource.system()).purge(new PurgeRequest(Map.of(), false));
    }

    private long rows(long owner) {
        return number("SELECT count(*) FROM commits WHERE owner = " + owner);
    }

    private long number(String query) {
        return stores.second.readers().read(session -> session.number(query));
    }

    private void pass(String change) throws SQLException {
        TestDatabase.run(change);
    }

    @Test
    void theRowsOfAServerThatIsGoneAreFoldedButForItsLastAndThatADayLater() throws SQLException {
        add(stores.first, 5);
        add(stores.second, 2);
        long gone = stores.first.owner();
        fold();
        assertTrue(rows(gone) >= 5, "it has a lease");
        stores.first.close();
        long last = number("SELECT max(n) FROM commits WHERE owner = " + gone);
        fold();
        assertEquals(2, rows(gone));
        assertEquals(
                last, number("SELECT max(n) FROM commits WHERE owner = " + gone), "the proof of its last transaction");
        assertTrue(rows(stores.second.owner()) >= 2, "it has a lease");
        fold();
        assertEquals(2, rows(gone), "it may come back for a day");
        pass("UPDATE commits SET gone_at = gone_at - 90000000000 WHERE gone_at IS NOT NULL");
        fold();
        assertEquals(0, rows(gone));
        assertEquals(1, rows(0));
        assertEquals(7, stores.second.counts().get(JobStatus.PENDING));
        assertTrue(new PostgresUpkeep(stores.second, InstantSource.system())
                .check()
                .isSound());
    }

    @Test
    void aServerThatCameBackAndWentAgainIsFoldedAnewAndKeepsItsLastRowForADay() throws SQLException {
        add(stores.first, 3);
        long gone = stores.first.owner();
        stores.first.close();
        fold();
        pass("UPDATE commits SET gone_at = gone_at - 90000000000 WHERE gone_at IS NOT NULL");
        pass("INSERT INTO commits VALUES (" + gone + ", 1000000, 0, 0, 0, 0, 0)");
        fold();
        assertEquals(2, rows(gone));
        assertEquals(1_000_000, number("SELECT max(n) FROM commits WHERE owner = " + gone));
        assertEquals(3, stores.second.counts().get(JobStatus.PENDING));
    }
}
