package dev.pawl.store.postgres.news;

import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of news: one for each transaction that concerns other servers, numbered by its server without a turn-back, so that whoever knows a
 * row of a server knows all earlier ones. Places are in an order in which each transaction comes after those that it has seen.
 */
final class NewsRows {

    /** The time for which a row stays, in microseconds. */
    static final long KEPT = 60_000_000;

    /** The number of rows of a server that are read at once. */
    static final int AT_ONCE = 100;

    private static final String CHANNEL = "'pawl_' || md5(current_schema())";
    private static final String NAME = "SELECT " + CHANNEL;
    private static final String ADD =
            "INSERT INTO news (owner, n, place, at, body) VALUES (?, ?, nextval('news_places'), " + StoreClock.MICROS
                    + ", ?)";
    private static final String TELL = "SELECT pg_notify(" + CHANNEL + ", ?)";
    private static final String REMOVE = "DELETE FROM news WHERE owner = ? AND n <= ?";

    /** The servers that have rows, found by a few looks at the key. */
    private static final String OWNERS = "WITH RECURSIVE owners (owner) AS (SELECT min(owner) FROM news UNION ALL "
            + "SELECT (SELECT min(e.owner) FROM news e WHERE e.owner > owners.owner) FROM owners "
            + "WHERE owners.owner IS NOT NULL) ";

    private static final String LATEST = OWNERS
            + "SELECT owner, (SELECT max(e.n) FROM news e WHERE e.owner = owners.owner) FROM owners WHERE owner IS NOT NULL";

    /** Of servers that are known or there: somebody's open transaction keeps rows that are gone, which a look for all servers passes over. */
    private static final String OF_KNOWN =
            "WITH owners (owner) AS MATERIALIZED (SELECT unnest(?::bigint[]) UNION SELECT owner FROM servers) ";

    private static final String AFTER =
            "SELECT e.owner, e.n, e.place, e.body FROM owners CROSS JOIN LATERAL (SELECT o.owner, o.n, o.place, "
                    + "CASE WHEN o.owner = ? THEN NULL ELSE o.body END AS body FROM news o WHERE o.owner = owners.owner AND o.n > "
                    + "coalesce((SELECT s.n FROM unnest(?::bigint[], ?::bigint[]) AS s (owner, n) WHERE s.owner = owners.owner), 0) "
                    + "ORDER BY o.n LIMIT " + AT_ONCE + ") e WHERE owners.owner IS NOT NULL";
    private static final String REMOVE_OF_GONE = OWNERS
            + ", gone AS MATERIALIZED (SELECT o.owner, o.n FROM owners CROSS JOIN LATERAL (SELECT e.owner, e.n FROM news e "
            + "WHERE e.owner = owners.owner AND e.at < " + StoreClock.MICROS + " - " + KEPT
            + " ORDER BY e.n LIMIT 1000) o "
            + "WHERE NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = owners.owner) LIMIT 1000) "
            + "DELETE FROM news USING gone WHERE news.owner = gone.owner AND news.n = gone.n";

    private NewsRows() {}

    /**
     * A row.
     *
     * @param news what it tells; null of the reader's own transactions
     */
    record Row(long owner, long n, long place, @Nullable GroupNews news) {}

    /**
     * Rows that were read at one moment, in order.
     *
     * @param isLast whether there were no others
     */
    record Page(List<Row> rows, boolean isLast) {}

    /** The channel on which each row is told. */
    static String channel(Session session) throws SQLException {
        return session.first(NAME, row -> row.getString(1)).orElseThrow();
    }

    /** The statement of a row. */
    static SqlCall add(long owner, long group, GroupNews news) {
        return new SqlCall(ADD, owner, group, news.bytes());
    }

    /** The statement that wakes other servers. It comes last before the commit, since all who tell wait for each other until that is on disk. */
    static SqlCall tell(long owner, long group) {
        return new SqlCall(TELL, owner + " " + group);
    }

    static SqlCall remove(long owner, long upTo) {
        return new SqlCall(REMOVE, owner, upTo);
    }

    /** Removes old rows of servers that are gone, some at a time. */
    static void removeOfGone(Session session) throws SQLException {
        session.update(REMOVE_OF_GONE);
    }

    /** The number of the last row of each server. */
    static Map<Long, Long> latest(Session session) throws SQLException {
        Map<Long, Long> latest = new HashMap<>();
        session.list(LATEST, row -> latest.put(row.getLong(1), row.getLong(2)));
        return latest;
    }

    private static @Nullable GroupNews news(byte @Nullable [] body) {
        return body == null ? null : GroupNews.of(body);
    }

    /**
     * The rows after those that were seen. What is cut off of one server is cut off of all: no row comes before one that it has seen.
     *
     * @param owner the number of the reader
     * @param seen the number of the last row that was seen of each server
     * @param isAll whether to look for servers that are gone again and of which nothing was seen
     */
    static Page after(Session session, long owner, Map<Long, Long> seen, boolean isAll) throws SQLException {
        List<Long> owners = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        seen.forEach((one, n) -> {
            owners.add(one);
            numbers.add(n);
        });
        SqlArray known = SqlArray.numbers(owners);
        Session.Row<Row> reading =
                row -> new Row(row.getLong(1), row.getLong(2), row.getLong(3), news(row.getBytes(4)));
        List<Row> rows = isAll
                ? session.list(OWNERS + AFTER, reading, owner, known, SqlArray.numbers(numbers))
                : session.byKeys(OF_KNOWN + AFTER, reading, known, owner, known, SqlArray.numbers(numbers));
        Map<Long, List<Row>> byOwner = new HashMap<>();
        rows.forEach(row ->
                byOwner.computeIfAbsent(row.owner(), one -> new ArrayList<>()).add(row));
        long whole = Long.MAX_VALUE; // up to this place no row is missing
        for (List<Row> some : byOwner.values()) {
            if (some.size() == AT_ONCE) {
                whole = Math.min(whole, some.get(some.size() - 1).place());
            }
        }
        long last = whole;
        return new Page(
                rows.stream()
                        .filter(row -> row.place() <= last)
                        .sorted(Comparator.comparingLong(Row::place))
                        .toList(),
                whole == Long.MAX_VALUE);
    }
}
