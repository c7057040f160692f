package dev.pawl.store.sqlite.call;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import dev.pawl.store.kit.HookCalls;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.inbox.InboxRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The writing of one call of a hook, within the transaction of its job if it has one. Nothing is changed before it is certain that it is new. */
public final class CallWrite {

    private static final String HOOK = "SELECT n, room FROM hooks WHERE name = ?";
    private static final String REMEMBERED = """
            SELECT n, held_until FROM hook_calls INDEXED BY hook_calls_remembered \
            WHERE hook = ? AND delivery_id = ? AND held_until IS NOT NULL\
            """;
    private static final String FORGET = "UPDATE hook_calls SET held_until = NULL WHERE n = ?";
    private static final String ADD = """
            INSERT INTO hook_calls (hook, at, delivery_id, outcome, job, detail, held_until) VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String LEAVE_ROOM = "UPDATE hooks SET room = ? WHERE n = ?";
    private static final String REMOVE_OLD = """
            DELETE FROM hook_calls WHERE hook = ? AND (held_until IS NULL OR held_until <= ?) AND n < \
            (SELECT min(n) FROM (SELECT n FROM hook_calls WHERE hook = ? ORDER BY n DESC LIMIT ?))\
            """;
    private static final String REMOVE_MORE = """
            DELETE FROM hook_calls WHERE hook = ? AND n <= \
            (SELECT n FROM hook_calls WHERE hook = ? ORDER BY n DESC LIMIT 1 OFFSET ?)\
            """;

    private final Session session;
    private final Hook hook;
    private final @Nullable Held former;

    private record Hook(long n, long room) {}

    /** A call with the same id. */
    private record Held(long n, long until) {}

    private CallWrite(Session session, Hook hook, @Nullable Held former) {
        this.session = session;
        this.hook = hook;
        this.former = former;
    }

    /**
     * Reads what a call depends on that is to start a job.
     *
     * @throws ProblemException {@code UNKNOWN_HOOK} when the hook is gone, {@code DELIVERY_KNOWN} when its id is remembered
     */
    public static CallWrite begin(Session session, HookDelivery delivery) throws SQLException {
        Hook hook = find(session, delivery.hook()).orElseThrow(() -> HookCalls.unknown(delivery));
        String id = delivery.deliveryId();
        Held former = id == null
                ? null
                : session.first(REMEMBERED, row -> new Held(row.getLong(1), row.getLong(2)), hook.n(), id)
                        .orElse(null);
        if (former != null && former.until() > Micros.of(delivery.at())) {
            throw HookCalls.known(delivery);
        }
        return new CallWrite(session, hook, former);
    }

    /** Records a call that gets no job, unless its hook is gone. */
    public static void record(Session session, String name, Delivery delivery) throws SQLException {
        Optional<Hook> hook = find(session, name);
        if (hook.isPresent()) {
            new CallWrite(session, hook.get(), null).add(delivery, null);
        }
    }

    /** Records the job that was added, or found, and keeps the callback that the call is. */
    public void started(HookDelivery delivery, UUID job, boolean isNew) throws SQLException {
        if (former != null) {
            session.update(FORGET, former.n());
        }
        ReceivedCallback callback = delivery.callback();
        if (callback != null) {
            InboxRows.add(session, callback);
        }
        add(HookCalls.started(delivery, job, isNew), delivery.at().plus(delivery.heldFor()));
    }

    private static Optional<Hook> find(Session session, String name) throws SQLException {
        return session.first(HOOK, row -> new Hook(row.getLong(1), row.getLong(2)), name);
    }

    private void add(Delivery delivery, @Nullable Instant heldUntil) throws SQLException {
        UUID job = delivery.job();
        session.update(
                ADD,
                hook.n(),
                Micros.of(delivery.at()),
                delivery.deliveryId(),
                delivery.outcome().wireName(),
                job == null ? null : JobIds.bytes(job),
                delivery.detail(),
                Micros.ofNullable(heldUntil));
        if (hook.room() > 1) {
            session.update(LEAVE_ROOM, hook.room() - 1, hook.n());
        } else {
            session.update(REMOVE_OLD, hook.n(), Micros.of(delivery.at()), hook.n(), HookStore.LEAST_CALLS);
            session.update(REMOVE_MORE, hook.n(), hook.n(), HookStore.MOST_CALLS);
            session.update(LEAVE_ROOM, HookCalls.ROOM, hook.n());
        }
    }
}
