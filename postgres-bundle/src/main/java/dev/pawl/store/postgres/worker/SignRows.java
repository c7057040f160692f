package dev.pawl.store.postgres.worker;

import dev.pawl.service.store.SharedWorkers.Sign;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The rows of the last signs of workers. Their times are those of the database. */
public final class SignRows {

    private static final String KEEP = "INSERT INTO worker_signs AS known (id, message, heard_at) "
            + "SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[]) AS s (id, message, heard_at) ORDER BY id "
            + "ON CONFLICT (id) DO UPDATE SET message = excluded.message, heard_at = excluded.heard_at "
            + "WHERE known.heard_at <= excluded.heard_at";
    private static final String EXPIRE = "DELETE FROM worker_signs WHERE id IN "
            + "(SELECT id FROM worker_signs WHERE heard_at < ? ORDER BY id FOR UPDATE SKIP LOCKED)";
    private static final String SIGNS =
            "SELECT id, message, heard_at FROM worker_signs WHERE heard_at > ? ORDER BY id LIMIT ?";

    private SignRows() {}

    /** Keeps signs, and removes those that are too old. */
    public static void keep(Session session, List<Sign> signs, Instant now, Duration expiry) throws SQLException {
        session.all(List.of(
                new SqlCall(
                        KEEP,
                        SqlArray.texts(signs.stream().map(Sign::id).toList()),
                        SqlArray.texts(signs.stream().map(Sign::message).toList()),
                        SqlArray.numbers(signs.stream()
                                .map(sign -> Micros.of(now.minus(sign.age())))
                                .toList())),
                new SqlCall(EXPIRE, Micros.of(now.minus(expiry)))));
    }

    public static List<Sign> signs(Session session, Instant now, Duration younger, int most) throws SQLException {
        return session.list(
                SIGNS,
                row -> new Sign(
                        Session.presentText(row, 1),
                        Session.presentText(row, 2),
                        age(Micros.instant(row.getLong(3)), now)),
                Micros.of(now.minus(younger)),
                most);
    }

    private static Duration age(Instant heard, Instant now) {
        return heard.isBefore(now) ? Duration.between(heard, now) : Duration.ZERO;
    }

    public static boolean forget(Session session, String id) throws SQLException {
        return session.update("DELETE FROM worker_signs WHERE id = ?", id) > 0;
    }
}
