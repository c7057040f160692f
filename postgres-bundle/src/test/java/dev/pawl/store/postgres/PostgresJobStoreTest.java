package dev.pawl.store.postgres;

import dev.pawl.service.store.JobStore;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.JobStoreContract;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all job stores; by night, since its several thousand transactions take minutes beside other builds. */
@Tag("nightly")
@ExtendWith(TestDatabase.class)
class PostgresJobStoreTest extends JobStoreContract {

    private boolean opened;

    @Override
    protected JobStore open() throws SQLException {
        if (!opened) {
            opened = true;
            TestDatabase.empty();
        }
        return PostgresStore.open(
                TestDatabase.address(), StoreClock.of(clock()), LogCap.DEFAULT, Duration.ofSeconds(15));
    }

    @Override
    protected void close(JobStore store) {
        ((PostgresStore) store).close();
    }
}
