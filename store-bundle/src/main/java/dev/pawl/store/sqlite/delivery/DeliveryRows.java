package dev.pawl.store.sqlite.delivery;

import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of deliveries and their tries. */
public final class DeliveryRows {

    private static final String DUE = """
            SELECT d.n, j.id, d.event, d.host, d.tries FROM deliveries d INDEXED BY deliveries_due JOIN jobs j ON j.seq = d.job \
            WHERE d.next_at <= ? AND d.host NOT IN (SELECT value FROM json_each(?)) AND d.n NOT IN (SELECT value FROM json_each(?)) \
            ORDER BY d.next_at LIMIT ?\
            """;
    private static final String NEXT_DUE =
            "SELECT min(next_at) FROM deliveries INDEXED BY deliveries_due WHERE next_at > ?";
    private static final String WAITING =
            "SELECT count(*) FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_due WHERE next_at IS NOT NULL LIMIT ?)";

    /** Numbers of deliveries come back when the latest are removed; the id of a job does not. */
    private static final String IS_THERE =
            "SELECT count(*) FROM deliveries d JOIN jobs j ON j.seq = d.job WHERE d.n = ? AND j.id = ? AND d.event = ?";

    private static final String ADD_TRY = """
            INSERT INTO delivery_tries (delivery, n, at, took_ms, status, error, answer) \
            SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ? FROM delivery_tries WHERE delivery = ?\
            """;
    private static final String FORGET_TRIES = """
            DELETE FROM delivery_tries WHERE delivery = ? AND n <= (SELECT max(n) FROM delivery_tries WHERE delivery = ?) - \
            """ + DeliveryStore.MOST_TRIES;
    private static final String TRIED =
            "UPDATE deliveries SET state = ?, since = ?, next_at = ?, tries = tries + 1 WHERE n = ? AND tries = ? AND state = 'waiting'";
    private static final String HASTEN = """
            UPDATE deliveries INDEXED BY deliveries_due SET next_at = ?, since = ? \
            WHERE next_at IS NOT NULL AND since > ?\
            """;
    private static final String RETRY = """
            UPDATE deliveries SET state = 'waiting', since = ?, next_at = ?, tries = 0 \
            WHERE event = ? AND job = (SELECT seq FROM jobs WHERE id = ?)\
            """;
    private static final String OF_JOB = """
            SELECT d.n, d.event, d.state, d.added_at, d.next_at FROM deliveries d \
            WHERE d.job = (SELECT seq FROM jobs WHERE id = ?) ORDER BY d.n\
            """;
    private static final String TRIES =
            "SELECT at, took_ms, status, error, answer FROM delivery_tries WHERE delivery = ? ORDER BY n";

    private DeliveryRows() {}

    private record Row(
            long n,
            CallbackEvent event,
            DeliveryState state,
            Instant addedAt,
            @Nullable Instant nextAt) {}

    public static List<DueDelivery> due(
            Session session, Instant upTo, Collection<String> busy, Collection<Long> underWay, int limit)
            throws SQLException {
        return session.list(
                DUE,
                row -> new DueDelivery(
                        row.getLong(1),
                        JobIds.uuid(row.getBytes(2)),
                        event(row.getString(3)),
                        row.getString(4),
                        row.getInt(5)),
                Micros.of(upTo),
                JsonColumn.write(List.copyOf(busy)),
                JsonColumn.write(List.copyOf(underWay)),
                limit);
    }

    public static Optional<Instant> nextDue(Session session, Instant after) throws SQLException {
        return session.first(NEXT_DUE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(after))
                .flatMap(found -> found);
    }

    public static long waiting(Session session, long most) throws SQLException {
        return session.number(WAITING, most);
    }

    /** Records a try; false when the delivery is gone, or no longer as it was when the try began. */
    public static boolean tried(
            Session session, DueDelivery delivery, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt)
            throws SQLException {
        long n = delivery.number();
        if (session.number(
                        IS_THERE,
                        n,
                        JobIds.bytes(delivery.job()),
                        delivery.event().wireName())
                == 0) {
            return false;
        }
        long at = Micros.of(made.at());
        session.update(ADD_TRY, n, at, made.took().toMillis(), made.status(), made.error(), made.answer(), n);
        session.update(FORGET_TRIES, n, n);
        return session.update(TRIED, state.wireName(), at, Micros.ofNullable(nextAt), n, delivery.tries()) > 0;
    }

    public static int hasten(Session session, Instant now) throws SQLException {
        long time = Micros.of(now);
        return session.update(HASTEN, time, time, time);
    }

    public static boolean retry(Session session, UUID job, CallbackEvent event, Instant at) throws SQLException {
        long time = Micros.of(at);
        return session.update(RETRY, time, time, event.wireName(), JobIds.bytes(job)) > 0;
    }

    public static List<Delivery> of(Session session, UUID job) throws SQLException {
        return session.atOneMoment(moment -> {
            List<Delivery> found = new ArrayList<>();
            for (Row row : moment.list(OF_JOB, DeliveryRows::row, JobIds.bytes(job))) {
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
                row.getString(4),
                row.getString(5));
    }

    private static CallbackEvent event(String wireName) {
        return CallbackEvent.of(wireName)
                .orElseThrow(() -> new IllegalStateException("No event is called " + wireName + "."));
    }
}
