package dev.pawl.store.postgres.call;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import dev.pawl.store.kit.HookCalls;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one call of a hook, within the transaction of its job if it has one. Its hook cannot be removed until that ends. Which of two
 * calls with the same id starts the job is decided by the insert, which waits for a transaction of another server that has one.
 */
public final class CallWrite {

    private static final String HOOK = "SELECT n FROM hooks WHERE name = ? FOR KEY SHARE";
    private static final String IS_KNOWN =
            "SELECT count(*) FROM hook_calls WHERE hook = ? AND delivery_id = ? AND held_until > ?";
    private static final String FORGET =
            "UPDATE hook_calls SET held_until = NULL WHERE hook = ? AND delivery_id = ? AND held_until <= ?";
    private static final String ADD = """
            INSERT INTO hook_calls (hook, at, delivery_id, outcome, job, detail, held_until) VALUES (?, ?, ?, ?, ?, ?, ?) \
            ON CONFLICT (hook, delivery_id) WHERE held_until IS NOT NULL AND delivery_id IS NOT NULL DO NOTHING\
            """;
    private static final String ADDED = "WITH added AS (" + ADD + " RETURNING 1) SELECT count(*) FROM added";
    private static final String REMOVE_OLD = """
            DELETE FROM hook_calls WHERE hook = ? AND (held_until IS NULL OR held_until <= ?) AND n < \
            (SELECT min(n) FROM (SELECT n FROM hook_calls WHERE hook = ? ORDER BY n DESC LIMIT ?) l)\
            """;
    private static final String REMOVE_MORE = """
            DELETE FROM hook_calls WHERE hook = ? AND n <= \
            (SELECT n FROM hook_calls WHERE hook = ? ORDER BY n DESC LIMIT 1 OFFSET ?)\
            """;

    private final Session session;
    private final long hook;
    private final Room room;

    private CallWrite(Session session, long hook, Room room) {
        this.session = session;
        this.hook = hook;
        this.room = room;
    }

    private static Optional<CallWrite> find(Session session, String name, Room room) throws SQLException {
        return session.first(HOOK, row -> new CallWrite(session, row.getLong(1), room), name);
    }

    /**
     * Begins a call that is to start a job.
     *
     * @throws ProblemException {@code UNKNOWN_HOOK} when the hook is gone, {@code DELIVERY_KNOWN} when its id is remembered
     */
    public static CallWrite begin(Session session, HookDelivery delivery, Room room) throws SQLException {
        CallWrite call = find(session, delivery.hook(), room).orElseThrow(() -> HookCalls.unknown(delivery));
        if (delivery.deliveryId() != null
                && session.number(IS_KNOWN, call.hook, delivery.deliveryId(), Micros.of(delivery.at())) > 0) {
            throw HookCalls.known(delivery);
        }
        return call;
    }

    /** Records a call that gets no job; false when its hook is gone. */
    public static boolean record(Session session, String name, Delivery delivery, Room room) throws SQLException {
        Optional<CallWrite> call = find(session, name, room);
        if (call.isPresent()) {
            List<SqlCall> calls = new ArrayList<>();
            calls.add(new SqlCall(ADD, call.get().values(delivery, null)));
            call.get().trim(delivery.at(), calls);
            session.all(calls);
        }
        return call.isPresent();
    }

    /**
     * Records the job that was added, or found.
     *
     * @throws ProblemException {@code DELIVERY_KNOWN} when another server has started a job for the same id meanwhile
     */
    public void started(HookDelivery delivery, UUID job, boolean isNew) throws SQLException {
        List<SqlCall> calls = new ArrayList<>();
        if (delivery.deliveryId() != null) {
            calls.add(new SqlCall(FORGET, hook, delivery.deliveryId(), Micros.of(delivery.at())));
        }
        trim(delivery.at(), calls);
        Instant heldUntil = delivery.at().plus(delivery.heldFor());
        calls.add(new SqlCall(ADDED, values(HookCalls.started(delivery, job, isNew), heldUntil)));
        if (session.last(calls, row -> row.getLong(1)) == 0) {
            throw HookCalls.known(delivery);
        }
    }

    private @Nullable Object[] values(Delivery delivery, @Nullable Instant heldUntil) {
        return new @Nullable Object[] {
            hook,
            Micros.of(delivery.at()),
            delivery.deliveryId(),
            delivery.outcome().wireName(),
            delivery.job(),
            delivery.detail(),
            Micros.ofNullable(heldUntil)
        };
    }

    private void trim(Instant now, List<SqlCall> calls) {
        if (room.take(hook)) {
            calls.add(new SqlCall(REMOVE_OLD, hook, Micros.of(now), hook, HookStore.LEAST_CALLS));
            calls.add(new SqlCall(REMOVE_MORE, hook, hook, HookStore.MOST_CALLS));
        }
    }
}
