package dev.pawl.store.postgres.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.store.postgres.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PlansTest {

    private static final String PLANS =
            "SELECT coalesce(sum(custom_plans), 0), coalesce(sum(generic_plans), 0) FROM pg_prepared_statements "
                    + "WHERE statement LIKE '%FROM numbers%' AND statement NOT LIKE '%pg_prepared%'";
    private static final String BY_NUMBER = "SELECT n FROM numbers WHERE n = ANY (?)";
    private static final int LOOKS = 20;
    private static final int UNPREPARED = 4; // the driver prepares a statement with its fifth use

    private static Session session() throws SQLException {
        Session session =
                new Session(TestDatabase.server().getPostgresDatabase().getConnection());
        session.script("SET plan_cache_mode = force_custom_plan"); // as readers do
        session.script("CREATE TEMP TABLE numbers (n bigint PRIMARY KEY)");
        session.script("INSERT INTO numbers SELECT generate_series(1, 9)");
        return session;
    }

    private static List<Long> plans(Session session) throws SQLException {
        return session.first(PLANS, row -> List.of(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    @Test
    void aLookByKeysIsPlannedOnce() throws Exception {
        try (Session session = session()) {
            for (long n = 1; n <= LOOKS; n++) {
                assertEquals(
                        List.of(n % 9 + 1),
                        session.byKeys(BY_NUMBER, row -> row.getLong(1), SqlArray.numbers(List.of(n % 9 + 1))));
            }
            assertEquals(List.of(0L, (long) LOOKS - UNPREPARED), plans(session));
        }
    }

    @Test
    void otherReadsArePlannedForTheirValuesAlsoAfterIt() throws Exception {
        try (Session session = session()) {
            session.byKeys(BY_NUMBER, row -> row.getLong(1), SqlArray.numbers(List.of(1L)));
            for (int n = 0; n < LOOKS; n++) {
                session.list("SELECT count(*) FROM numbers WHERE n > ?", row -> row.getLong(1), 3L);
            }
            assertEquals(List.of((long) LOOKS - UNPREPARED, 0L), plans(session));
        }
    }
}
