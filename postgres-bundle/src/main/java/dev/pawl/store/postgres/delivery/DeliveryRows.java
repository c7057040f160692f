package dev.pawl.store.postgres.delivery;

import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of deliveries and their tries. A delivery that a server has taken is its own while its lease lasts by the clock of the database. */
public final class DeliveryRows {

    private static final String IS_FREE =
            "(d.taker IS NULL OR d.taker = ? OR NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = d.taker AND s.lease_until >= "
                    + StoreClock.MICROS + "))";
    private static final String DUE =
            "SELECT d.n, j.id, d.event, d.host, d.tries, d.taker IS NOT DISTINCT FROM ? FROM deliveries d JOIN jobs j ON j.job = d.job "
                    + "WHERE d.next_at <= ? AND d.host <> ALL (?) AND d.n <> ALL (?) AND " + IS_FREE
                    + " ORDER BY d.next_at, d.n LIMIT ?";

    /** Passes over deliveries that another server takes at this moment. */
    private static final String TAKE =
            "WITH free AS MATERIALIZED (SELECT d.n FROM deliveries d WHERE d.n = ANY (?) AND d.next_at <= ? AND "
                    + IS_FREE + " ORDER BY d.n FOR UPDATE OF d SKIP LOCKED) "
                    + "UPDATE deliveries d SET taker = ? FROM free WHERE d.n = free.n RETURNING d.n, d.tries";

    private static final String RELEASE = "UPDATE deliveries SET taker = NULL WHERE next_at IS NOT NULL AND taker = ?";
    private static final String NEXT_DUE =
            "SELECT d.next_at FROM deliveries d WHERE d.next_at > ? AND " + IS_FREE + " ORDER BY d.next_at LIMIT 1";

    /** Deliveries that have been due for some seconds and that no server makes. */
    private static final String IS_ANY_LEFT = "SELECT EXISTS (SELECT 1 FROM deliveries d WHERE d.next_at < "
            + StoreClock.MICROS
            + " - 3000000 AND NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = d.taker AND s.lease_until >= "
            + StoreClock.MICROS + "))::int";

    private static final String WAITING =
            "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE next_at IS NOT NULL LIMIT ?) w";
    private static final String LOCK =
            "SELECT d.tries, d.state, coalesce(d.taker, ?) FROM deliveries d JOIN jobs j ON j.job = d.job "
                    + "WHERE d.n = ? AND j.id = ? AND d.event = ? FOR UPDATE OF d";
    private static final String ADD_TRY =
            "INSERT INTO delivery_tries (delivery, n, at, took_ms, status, error, answer) "
                    + "SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ? FROM delivery_tries WHERE delivery = ?";
    private static final String FORGET_TRIES = "DELETE FROM delivery_tries WHERE delivery = ? "
            + "AND n <= (SELECT max(n) FROM delivery_tries WHERE delivery = ?) - " + DeliveryStore.MOST_TRIES;
    private static final String TRIED =
            "UPDATE deliveries SET state = ?, since = ?, next_at = ?, tries = tries + 1 WHERE n = ?";
    private static final String HASTEN =
            "UPDATE deliveries SET next_at = ?, since = ? WHERE next_at IS NOT NULL AND since > ?";
    private static final String RETRY =
            "UPDATE deliveries SET state = 'waiting', since = ?, next_at = ?, tries = 0, taker = ? "
                    + "WHERE event = ? AND job = (SELECT job FROM jobs WHERE id = ?)";
    private static final String OF_JOB = "SELECT n, event, state, added_at, next_at FROM deliveries "
            + "WHERE job = (SELECT job FROM jobs WHERE id = ?) ORDER BY n";
    private static final String TRIES =
            "SELECT at, took_ms, status, error, answer FROM delivery_tries WHERE delivery = ? ORDER BY n";

    private DeliveryRows() {}

    private record Row(
            long n,
            CallbackEvent event,
            DeliveryState state,
            Instant addedAt,
            @Nullable Instant nextAt) {}

    /** The state of a delivery whose row is locked. */
    private record Standing(int tries, DeliveryState state, long taker) {}

    /** Deliveries that are due and that no other server has taken, and whether a server has taken each already. */
    public static Map<DueDelivery, Boolean> due(
            Session session, long owner, Instant upTo, Collection<String> busy, Collection<Long> underWay, int limit)
            throws SQLException {
        Map<DueDelivery, Boolean> found = new LinkedHashMap<>();
        session.list(
                DUE,
                row -> found.put(
                        new DueDelivery(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                event(row.getString(3)),
                                Session.presentText(row, 4),
                                row.getInt(5)),
                        row.getBoolean(6)),
                owner,
                Micros.of(upTo),
                SqlArray.texts(busy),
                SqlArray.numbers(underWay),
                owner,
                limit);
        return found;
    }

    /** Takes deliveries that are still due and that no other server has taken meanwhile; returns them in the given order. */
    public static List<DueDelivery> take(Session session, long owner, Instant upTo, Collection<DueDelivery> wanted)
            throws SQLException {
        Map<Long, Integer> taken = new HashMap<>();
        session.list(
                TAKE,
                row -> taken.put(row.getLong(1), row.getInt(2)),
                SqlArray.numbers(wanted.stream().map(DueDelivery::number).toList()),
                Micros.of(upTo),
                owner,
                owner);
        List<DueDelivery> own = new ArrayList<>();
        for (DueDelivery each : wanted) {
            Integer tries = taken.get(each.number());
            if (tries != null) {
                own.add(new DueDelivery(each.number(), each.job(), each.event(), each.host(), tries));
            }
        }
        return own;
    }

    /** Leaves all that a server has taken to others. */
    public static void release(Session session, long owner) throws SQLException {
        session.update(RELEASE, owner);
    }

    public static Optional<Instant> nextDue(Session session, long owner, Instant after) throws SQLException {
        return session.first(NEXT_DUE, row -> Micros.read(row, 1), Micros.of(after), owner);
    }

    static boolean isAnyLeft(Session session) throws SQLException {
        return session.number(IS_ANY_LEFT) != 0;
    }

    public static long waiting(Session session, long most) throws SQLException {
        return session.number(WAITING, most);
    }

    /**
     * Records a try; false when the delivery is gone, or no longer as it was when the try began.
     *
     * @param now the time of the transaction
     */
    public static boolean tried(
            Session session,
            long owner,
            Instant now,
            DueDelivery delivery,
            DeliveryTry made,
            DeliveryState state,
            @Nullable Instant nextAt)
            throws SQLException {
        long n = delivery.number();
        Optional<Standing> found = session.first(
                LOCK,
                row -> new Standing(row.getInt(1), DeliveryState.of(row.getString(2)), row.getLong(3)),
                owner,
                n,
                delivery.job(),
                delivery.event().wireName());
        if (found.isEmpty()) {
            return false;
        }
        Standing standing = found.get();
        List<SqlCall> calls = new ArrayList<>();
        calls.add(new SqlCall(
                ADD_TRY,
                n,
                Micros.of(made.at()),
                made.took().toMillis(),
                made.status() == null ? 0 : made.status(),
                made.error(),
                made.answer(),
                n));
        calls.add(new SqlCall(FORGET_TRIES, n, n));
        boolean isAsItWas = standing.tries() == delivery.tries()
                && standing.state() == DeliveryState.WAITING
                && standing.taker() == owner;
        if (isAsItWas) {
            calls.add(new SqlCall(TRIED, state.wireName(), Micros.of(now), Micros.ofNullable(nextAt), n));
        }
        session.all(calls);
        return isAsItWas;
    }

    public static int hasten(Session session, Instant now) throws SQLException {
        long time = Micros.of(now);
        return session.update(HASTEN, time, time, time);
    }

    /**
     * Makes a delivery due with all its tries again.
     *
     * @param taker the server that takes it; null for any
     */
    public static boolean retry(Session session, UUID job, CallbackEvent event, Instant at, @Nullable Long taker)
            throws SQLException {
        long time = Micros.of(at);
        return session.update(RETRY, time, time, taker, event.wireName(), job) > 0;
    }

    public static List<Delivery> of(Session session, UUID job) throws SQLException {
        return session.atOneMoment(moment -> {
            List<Delivery> found = new ArrayList<>();
            for (Row row : moment.list(OF_JOB, DeliveryRows::row, job)) {
                List<DeliveryTry> tries = moment.list(TRIES, DeliveryRows::oneTry, row.n());
                found.add(new Delivery(job, row.event(), row.state(), row.addedAt(), row.nextAt(), tries));
            }
            return found;
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                event(row.getString(2)),
                DeliveryState.of(row.getString(3)),
                Micros.read(row, 4),
                Micros.readNullable(row, 5));
    }

    private static DeliveryTry oneTry(ResultSet row) throws SQLException {
        int status = row.getInt(3);
        return new DeliveryTry(
                Micros.read(row, 1),
                Duration.ofMillis(row.getLong(2)),
                status == 0 ? null : status,
                Session.text(row, 4),
                Session.text(row, 5));
    }

    private static CallbackEvent event(String wireName) {
        return CallbackEvent.of(wireName)
                .orElseThrow(() -> new IllegalStateException("No event is called " + wireName + "."));
    }
}
