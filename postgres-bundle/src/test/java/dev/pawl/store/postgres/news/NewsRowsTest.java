package dev.pawl.store.postgres.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.store.postgres.TestDatabase;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of news, as several servers leave them. */
@ExtendWith(TestDatabase.class)
class NewsRowsTest {

    private static final long READER = 5;

    private Database database;
    private Session session;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase.migrate();
        TestDatabase.empty();
        database = new Database(TestDatabase.address(), Duration.ofSeconds(15));
        session = database.writer();
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
        database.close();
    }

    private void rows(String select) throws SQLException {
        session.script("INSERT INTO news (owner, n, place, at, body) " + select);
    }

    @Test
    void rowsComeInTheOrderInWhichTheyHaveSeenEachOtherHoweverManyThereAre() throws SQLException {
        rows("SELECT 1, i, 2 * i, 0, '\\x0107000000' FROM generate_series(1, 350) i"); // a busy server
        rows("SELECT 9, 10 * i, 40 * i + 1, 0, '\\x0107000000' FROM generate_series(1, 17) i"); // another
        rows("SELECT " + READER + ", i, 14 * i + 3, 0, '' FROM generate_series(1, 50) i"); // and the reader itself
        Map<Long, Long> seen = new HashMap<>(Map.of(1L, 20L));
        List<Long> places = new ArrayList<>();
        NewsRows.Page page;
        int pages = 0;
        do {
            page = NewsRows.after(session, READER, seen, true);
            for (NewsRows.Row row : page.rows()) {
                seen.put(row.owner(), row.n());
                places.add(row.place());
                assertEquals(row.owner() == READER, row.news() == null);
            }
            pages++;
        } while (!page.isLast());
        assertEquals(places.stream().sorted().toList(), places);
        assertEquals(330 + 17 + 50, places.size());
        assertTrue(pages > 3, () -> "the rows came at once");
        assertEquals(List.of(), NewsRows.after(session, READER, seen, false).rows());
        assertEquals(NewsRows.latest(session), seen);
    }

    @Test
    void rowsOfServersThatAreGoneAreRemovedAfterATimeSomeAtOnce() throws SQLException {
        String now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
        session.script("INSERT INTO servers (owner, lease_until) VALUES (2, 0)");
        rows("SELECT 1, i, i, 0, '' FROM generate_series(1, 1500) i");
        rows("SELECT 1, 2000, 2000, " + now + ", ''");
        rows("SELECT 2, 1, 1, 0, ''"); // a server that may come back
        rows("SELECT 3, 1, 1, 0, ''");
        NewsRows.removeOfGone(session);
        assertEquals(503, session.number("SELECT count(*) FROM news"));
        NewsRows.removeOfGone(session);
        assertEquals(2, session.number("SELECT count(*) FROM news"));
        NewsRows.removeOfGone(session);
        assertEquals(Map.of(1L, 2000L, 2L, 1L), NewsRows.latest(session));
        assertFalse(NewsRows.after(session, READER, Map.of(), true).rows().isEmpty());
    }
}
