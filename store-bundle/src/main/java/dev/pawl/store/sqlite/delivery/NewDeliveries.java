package dev.pawl.store.sqlite.delivery;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds deliveries in the transactions that bring jobs to their events, and tells the listener after the commit. Used by the writer's thread, but
 * for {@link #attach}. A job without a callback costs nothing here.
 */
public final class NewDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(NewDeliveries.class);

    private static final String KEEP = "INSERT INTO job_callbacks (job, events, host) VALUES (?, ?, ?)";
    private static final String ADD = """
            INSERT INTO deliveries (job, event, host, state, added_at, since, next_at) \
            SELECT job, ?, host, 'waiting', ?, ?, ? FROM job_callbacks WHERE job = ? ON CONFLICT (job, event) DO NOTHING\
            """;

    private volatile @Nullable Runnable listener;
    private boolean isDue;

    /** Attaches who delivers; null for nobody. Safe for many threads. */
    public void attach(@Nullable Runnable deliverer) {
        listener = deliverer;
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
            isDue = true;
        }
    }

    /** Notes that this transaction makes a delivery due. */
    public void due() {
        isDue = true;
    }

    /** The transaction is on disk; returns what tells the listener, if there is something to tell. */
    public Runnable committed() {
        Runnable told = listener;
        boolean any = isDue;
        isDue = false;
        if (told == null || !any) {
            return () -> {};
        }
        return () -> {
            try {
                told.run();
            } catch (RuntimeException e) { // the futures of others complete all the same
                LOG.error("The listener for deliveries failed; this is a bug.", e);
            }
        };
    }

    /** The transaction has changed nothing. */
    public void undone() {
        isDue = false;
    }
}
