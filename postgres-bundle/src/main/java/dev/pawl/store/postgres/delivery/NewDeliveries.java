package dev.pawl.store.postgres.delivery;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.store.kit.DueListener;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.SqlRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds deliveries in the transactions that bring jobs to their events. They are taken by this server at once when someone here delivers. A job without
 * a callback costs nothing. Used by the writer's thread, but for what {@link #listener} allows
 * and {@link #lookForOthers}.
 */
public final class NewDeliveries {

    private final long owner;
    private final DueListener listener = new DueListener();
    private final SqlRows rows = new SqlRows(
            "deliveries",
            " ON CONFLICT (job, event) DO NOTHING",
            "job",
            "bigint",
            "event",
            "text",
            "host",
            "text",
            "state",
            "text",
            "added_at",
            "bigint",
            "since",
            "bigint",
            "next_at",
            "bigint",
            "tries",
            "integer",
            "taker",
            "bigint");

    /** Deliveries that are added by a process with a number. */
    public NewDeliveries(long owner) {
        this.owner = owner;
    }

    /** Told after each transaction that makes a delivery due. */
    public DueListener listener() {
        return listener;
    }

    /** Adds the delivery of a job's move, if its callback is for that and has none yet. */
    public void moved(long job, @Nullable Callback callback, JobStatus to, Instant at) {
        CallbackEvent event = CallbackEvent.of(to).orElse(null);
        if (callback == null || event == null || !callback.events().contains(event)) {
            return;
        }
        long time = Micros.of(at);
        Long taker = listener.isAttached() ? owner : null;
        rows.add(job, event.wireName(), callback.host(), DeliveryState.WAITING.wireName(), time, time, time, 0, taker);
        listener.due();
    }

    /** Tells the listener when deliveries are due that no server makes, such as those of one that is gone. Safe for many threads. */
    public void lookForOthers(Session session) throws SQLException {
        if (listener.isAttached() && DeliveryRows.isAnyLeft(session)) {
            listener.tell();
        }
    }

    /** Adds the statements that insert what was added. */
    public void moveTo(List<SqlCall> calls) {
        rows.moveTo(calls);
    }

    /** The transaction has changed nothing. */
    public void undone() {
        rows.clear();
        listener.undone();
    }
}
