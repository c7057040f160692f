package dev.pawl.schedule;

import dev.pawl.store.postgres.PostgresSchedules;
import dev.pawl.store.postgres.PostgresStore;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.SettableClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same worlds, where each server has a PostgreSQL store of its own on one database; by night, since each opens a dozen. */
@Tag("nightly")
class PostgresScheduleSimulationTest extends ScheduleSimulationTest {

    private static final String EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";

    private static EmbeddedPostgres database;

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterAll
    static void end() throws IOException {
        database.close();
    }

    @Override
    ScheduleWorld world(long seed) throws Exception {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(EMPTY);
        }
        SettableClock clock = ScheduleWorld.clock();
        return new ScheduleWorld(seed, clock, () -> open(clock));
    }

    private static OpenedStore open(SettableClock clock) {
        String url = "jdbc:postgresql://localhost:" + database.getPort() + "/postgres";
        PostgresStore store = PostgresStore.open(
                new PostgresAddress(url, "postgres", "postgres"),
                StoreClock.of(clock),
                LogCap.DEFAULT,
                Duration.ofSeconds(15));
        return new OpenedStore(store, new PostgresSchedules(store), store::close);
    }
}
