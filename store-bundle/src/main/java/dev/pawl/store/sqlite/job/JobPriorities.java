package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.ParkReason;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes the priorities of waiting jobs: their place in the queue, and what their requests say. */
public final class JobPriorities {

    private static final String WAITING =
            "SELECT seq, parked, run_started_at, request IS NULL FROM jobs WHERE id = ? AND status = 'pending'";
    private static final String CHANGE =
            "UPDATE jobs SET priority = ?, rank = ?, request = json_set(request, '$.priority', ?) WHERE seq = ?";
    private static final String CHANGE_REQUEST =
            "UPDATE requests SET body = json_set(body, '$.priority', ?) WHERE job = ?";

    private JobPriorities() {}

    private record Waiting(
            long seq, @Nullable ParkReason parked, @Nullable Instant began, boolean isLong) {}

    /** The number of jobs that have the priority now: those of the given ones that wait. */
    public static int change(Session session, List<UUID> jobs, int priority) throws SQLException {
        int changed = 0;
        for (UUID id : jobs) {
            Optional<Waiting> waiting = session.first(
                    WAITING,
                    row -> new Waiting(
                            row.getLong(1),
                            StatusText.parked(row.getString(2)),
                            Micros.readNullable(row, 3),
                            row.getBoolean(4)),
                    JobIds.bytes(id));
            if (waiting.isPresent()) {
                change(session, waiting.get(), priority);
                changed++;
            }
        }
        return changed;
    }

    private static void change(Session session, Waiting job, int priority) throws SQLException {
        session.update(CHANGE, priority, Rank.of(priority, job.parked(), job.began()), priority, job.seq());
        if (job.isLong()) {
            session.update(CHANGE_REQUEST, priority, job.seq());
        }
    }
}
