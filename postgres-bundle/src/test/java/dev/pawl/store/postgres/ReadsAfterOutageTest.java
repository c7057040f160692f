package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads while the database cannot be reached, and once it can be reached again. */
@ExtendWith(TestDatabase.class)
class ReadsAfterOutageTest {

    /** By then the pauses of a pool that doubles them have grown to seconds. */
    private static final Duration AWAY = Duration.ofSeconds(3);

    private TcpProxy network;
    private PostgresAddress address;

    @BeforeEach
    void open() throws Exception {
        network = TcpProxy.to(TestDatabase.server().getPort());
        PostgresAddress near = TestDatabase.address();
        address = new PostgresAddress(
                "jdbc:postgresql://localhost:" + network.port() + "/postgres", near.user(), near.password());
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private static long read(Database database) {
        try (Session session = database.reader()) {
            return session.number("SELECT 7");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReadThatWaitsGoesOnAsSoonAsTheDatabaseIsThereAgain() throws Exception {
        try (Database database = new Database(address, Duration.ofSeconds(15))) {
            assertEquals(7, read(database));
            network.close();
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> read(database))
                    .exceptionally(broken -> read(database)); // the connection of before may have been lent unseen
            LockSupport.parkNanos(AWAY.toNanos());
            network = network.again();
            long backNs = System.nanoTime();

            assertEquals(7, waiting.get(15, TimeUnit.SECONDS));

            long lateMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - backNs);
            assertTrue(lateMs < 1_500, () -> "it went on after " + lateMs + " ms");
        }
    }

    @Test
    void aReadThatHasWaitedForTooLongSaysWhyThereIsNoConnection() throws Exception {
        try (Database database = new Database(address, Duration.ofSeconds(1))) {
            assertEquals(7, read(database));
            network.close();
            assertThrows(IllegalStateException.class, () -> read(database), "by the connection of before, or by none");

            SQLException late = assertThrows(SQLException.class, database::reader);

            assertTrue(String.valueOf(late.getMessage()).contains("refused"), () -> String.valueOf(late.getMessage()));
        }
    }
}
