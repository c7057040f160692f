package dev.pawl.store.postgres.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.postgres.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class MigrationsTest {

    private static final String FIRST = "CREATE TABLE a (n integer)";
    private static final String SECOND = "ALTER TABLE a ADD COLUMN m integer";

    private Database database;
    private Session session;

    @BeforeEach
    void openAnEmptySchema() throws SQLException {
        PostgresAddress address = TestDatabase.address();
        database = new Database(
                new PostgresAddress(address.url() + "?currentSchema=migrated", address.user(), address.password()),
                Duration.ofSeconds(15));
        session = database.writer();
        session.script("DROP SCHEMA IF EXISTS migrated CASCADE; CREATE SCHEMA migrated");
    }

    @AfterEach
    void close() throws SQLException {
        session.script("DROP SCHEMA migrated CASCADE");
        session.close();
        database.close();
    }

    private static Migrations release(int oldest, String... scripts) {
        return new Migrations("there", List.of(scripts), oldest);
    }

    private long version() throws SQLException {
        return session.number("SELECT version FROM schema_version");
    }

    @Test
    void anEmptySchemaIsMigratedAndAnOlderOneToo() throws SQLException {
        release(1, FIRST).run(session);
        assertEquals(1, version());
        release(1, FIRST, SECOND).run(session);
        assertEquals(2, version());
        assertEquals(0, session.number("SELECT count(m) FROM a"));
    }

    @Test
    void aServerRunsOnANewerSchemaThatItsReleaseStillFits() throws SQLException {
        release(1, FIRST, SECOND).run(session);
        release(1, FIRST).run(session);
        assertEquals(2, version());
    }

    @Test
    void aServerRefusesASchemaThatIsTooNewAndChangesNothing() throws SQLException {
        release(2, FIRST, SECOND).run(session);
        ProblemException refused =
                assertThrows(ProblemException.class, () -> release(1, FIRST).run(session));
        assertTrue(String.valueOf(refused.getMessage()).contains("version 2"), refused::getMessage);
        assertEquals(2, version());
        assertEquals(2, session.number("SELECT oldest FROM schema_version"));
    }

    @Test
    void aSchemaIsNotTakenAwayFromServersOfAnOlderReleaseThatRun() throws SQLException {
        String servers = "CREATE TABLE servers (name text, release text, lease_until bigint)";
        release(1, servers).run(session);
        session.script("INSERT INTO servers VALUES ('alpha', '1.0', 4000000000000000), ('gone', '1.0', 0)");
        release(1, servers, FIRST).run(session); // beside which they go on
        Migrations breaking = release(3, servers, FIRST, SECOND);
        ProblemException refused = assertThrows(ProblemException.class, () -> breaking.run(session));
        assertTrue(String.valueOf(refused.getMessage()).contains(": alpha (1.0). Stop"), refused::getMessage);
        assertEquals(2, version());
        session.script("DELETE FROM servers");
        breaking.run(session);
        assertEquals(3, version());
    }

    @Test
    void aFailedStepLeavesNothing() throws SQLException {
        release(1, FIRST).run(session);
        assertThrows(SQLException.class, () -> release(1, FIRST, SECOND, "SELECT 1/0")
                .run(session));
        assertEquals(1, version());
        assertThrows(SQLException.class, () -> session.number("SELECT count(m) FROM a"));
    }

    @Test
    void tablesOfAnotherProgramAreRefused() throws SQLException {
        session.script("CREATE TABLE theirs (n integer)");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> release(1, FIRST).run(session));
        assertTrue(String.valueOf(refused.getMessage()).contains("no store of Pawl"), refused::getMessage);
        assertEquals(0, session.number("SELECT (to_regclass('schema_version') IS NOT NULL)::int"));
    }

    @Test
    void ofSeveralThatStartAtOnceOneMigrates() throws SQLException {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            Session own = database.writer();
            sessions.add(own);
            starts.add(CompletableFuture.runAsync(() -> {
                try {
                    release(1, FIRST, SECOND).run(own);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        starts.forEach(CompletableFuture::join);
        for (Session own : sessions) {
            own.close();
        }
        assertEquals(2, version());
    }
}
