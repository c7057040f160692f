package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.store.Leadership;
import dev.pawl.testkit.LeadershipContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The leadership of a server, and of two servers. */
@ExtendWith(TestDatabase.class)
class PostgresLeadershipTest extends LeadershipContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresLeadership first;
    private PostgresLeadership second;

    @BeforeEach
    void open() {
        first = new PostgresLeadership(stores.first);
        second = new PostgresLeadership(stores.second);
    }

    @Override
    protected Leadership leadership() {
        return first;
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void oneOfTwoLeadsInARole() {
        for (int n = 0; n < 20; n++) {
            String role = "role" + n;
            CompletableFuture<OptionalLong> one = first.lead(role, MINUTE).toCompletableFuture();
            CompletableFuture<OptionalLong> other = second.lead(role, MINUTE).toCompletableFuture();
            assertTrue(one.join().isPresent() ^ other.join().isPresent(), role);
        }
    }

    @Test
    void theTermEndsWithTheTimeTheLeaseOrTheWordOfItsHolderAndGrows() throws SQLException {
        assertEquals(OptionalLong.of(1), await(first.lead("a", MINUTE)));
        assertEquals(OptionalLong.of(1), await(first.lead("a", MINUTE)));
        assertEquals(OptionalLong.empty(), await(second.lead("a", MINUTE)));
        sql("UPDATE leaders SET until = 1");
        assertEquals(OptionalLong.of(2), await(second.lead("a", MINUTE)));
        assertEquals(OptionalLong.empty(), await(first.lead("a", MINUTE)));
        sql("UPDATE servers SET lease_until = 0 WHERE owner = (SELECT holder FROM leaders)");
        assertEquals(OptionalLong.of(3), await(first.lead("a", MINUTE)));
        await(second.concede("a", 2));
        await(first.concede("a", 2));
        assertEquals(OptionalLong.empty(), await(second.lead("a", MINUTE)), "only its holder ends a term");
        await(first.concede("a", 3));
        assertEquals(OptionalLong.of(4), await(second.lead("a", MINUTE)));
    }

    @Test
    void aLeadThatWasOverIsAnotherTermAlsoWhenNobodyTookIt() throws SQLException {
        assertEquals(OptionalLong.of(1), await(first.lead("a", MINUTE)));
        sql("UPDATE leaders SET until = 1");
        assertEquals(OptionalLong.of(2), await(first.lead("a", MINUTE)));
    }
}
