package dev.pawl.store.sqlite.delivery;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.DueListener;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Adds deliveries in the transactions that bring jobs to their events, and tells the listener after the commit. Used by the writer's thread, but
 * for {@link #attach}. A job without a callback costs nothing here.
 */
public final class NewDeliveries {

    private static final String KEEP = "INSERT INTO job_callbacks (job, events, host) VALUES (?, ?, ?)";
    private static final String ADD = """
            INSERT INTO deliveries (job, event, host, state, added_at, since, next_at) \
            SELECT job, ?, host, 'waiting', ?, ?, ? FROM job_callbacks WHERE job = ? ON CONFLICT (job, event) DO NOTHING\
            """;

    private final DueListener listener = new DueListener();

    /** Attaches who delivers; null for nobody. Safe for many threads. */
    public void attach(@Nullable Runnable deliverer) {
        listener.attach(deliverer);
    }

    /** Keeps the callback of a new job. */
    public void keep(Session session, long job, Callback callback) throws SQLException {
        session.update(KEEP, job, CallbackBits.of(callback.events()), callback.host());
    }

    /**
     * Adds the delivery of a job's move, if its callback is for that and has none yet.
     *
     * @param bits the events of the job's callback
     */
    public void moved(Session session, long job, int bits, JobStatus to, Instant at) throws SQLException {
        if (bits == CallbackBits.NONE) {
            return;
        }
        CallbackEvent event = CallbackEvent.of(to).orElse(null);
        if (event != null && (bits & CallbackBits.of(event)) != 0) {
            long time = Micros.of(at);
            session.update(ADD, event.wireName(), time, time, time, job);
            listener.due();
        }
    }

    /** Notes that this transaction makes a delivery due. */
    public void due() {
        listener.due();
    }

    /** The transaction is on disk; returns what tells the listener, if there is something to tell. */
    public Runnable committed() {
        return listener.committed();
    }

    /** The transaction has changed nothing. */
    public void undone() {
        listener.undone();
    }
}
