package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.OpenWaits.Awaited;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the waits of jobs for others. */
public final class WaitRows {

    /** The condition that other jobs wait for the job {@code j}. */
    static final String IS_AWAITED = "EXISTS (SELECT 1 FROM job_waits o WHERE o.prerequisite = j.id)";

    private static final String STATUS = "SELECT status FROM jobs WHERE id = ?";
    private static final String ADD =
            "INSERT INTO job_waits (prerequisite, job, completion, not_before) VALUES (?, ?, ?, ?)";
    private static final String REMOVE = "DELETE FROM job_waits WHERE job = ?";
    private static final String REMOVE_OF = "DELETE FROM job_waits WHERE job = (SELECT seq FROM jobs WHERE id = ?)";
    private static final String WAITS_FOR = """
            FROM job_waits w JOIN jobs j ON j.id = w.prerequisite WHERE w.job = (SELECT seq FROM jobs WHERE id = ?)\
            """;
    private static final String FIRST_OF_THESE = "SELECT j.id, j.status " + WAITS_FOR + " ORDER BY j.seq LIMIT ?";
    private static final String COUNT_OF_THESE = "SELECT count(*) " + WAITS_FOR;
    private static final String FIRST_OF_THOSE =
            "SELECT j.id FROM job_waits w JOIN jobs j ON j.seq = w.job WHERE w.prerequisite = ? ORDER BY w.job LIMIT ?";
    private static final String COUNT_OF_THOSE = "SELECT count(*) FROM job_waits WHERE prerequisite = ?";

    private WaitRows() {}

    /**
     * Those of the jobs for which a request waits that have not ended.
     *
     * @throws ProblemException when one is not there, or has ended in another way than the request waits for
     */
    static List<UUID> open(Session session, After after) throws SQLException {
        List<UUID> open = new ArrayList<>();
        for (UUID id : after.ids()) {
            JobStatus status = session.first(STATUS, row -> StatusText.status(row.getString(1)), JobIds.bytes(id))
                    .orElseThrow(
                            () -> new ProblemException(ProblemCode.INVALID_JOB, After.unknown("after", id.toString())));
            if (!status.isFinal()) {
                open.add(id);
            } else if (after.on() == After.On.COMPLETED && status != JobStatus.COMPLETED) {
                throw new ProblemException(
                        ProblemCode.PREREQUISITE_FAILED,
                        "after names job " + id + ", which is " + status.wireName()
                                + " and will not complete any more.");
            }
        }
        return open;
    }

    /** Adds the waits of a job. */
    static void add(Session session, long seq, JobRequest request, List<UUID> open) throws SQLException {
        Long notBefore = Micros.ofNullable(request.notBefore().orElse(null));
        int completion = request.after().on() == After.On.COMPLETED ? 1 : 0;
        for (UUID id : open) {
            session.update(ADD, JobIds.bytes(id), seq, completion, notBefore);
        }
    }

    /** Removes the waits of a job, which is over or starts in any case. */
    static void remove(Session session, long seq) throws SQLException {
        session.update(REMOVE, seq);
    }

    /** Removes the waits of a job. */
    static void remove(Session session, UUID job) throws SQLException {
        session.update(REMOVE_OF, JobIds.bytes(job));
    }

    public static OpenWaits of(Session session, UUID job, int most) throws SQLException {
        byte[] id = JobIds.bytes(job);
        return session.atOneMoment(moment -> {
            List<Awaited> waitsFor = moment.list(
                    FIRST_OF_THESE,
                    row -> new Awaited(JobIds.uuid(row.getBytes(1)), StatusText.status(row.getString(2))),
                    id,
                    most);
            List<UUID> awaitedBy = moment.list(FIRST_OF_THOSE, row -> JobIds.uuid(row.getBytes(1)), id, most);
            return new OpenWaits(
                    waitsFor,
                    count(moment, COUNT_OF_THESE, waitsFor, most, id),
                    awaitedBy,
                    count(moment, COUNT_OF_THOSE, awaitedBy, most, id));
        });
    }

    private static long count(Session session, String sql, List<?> first, int most, @Nullable Object id)
            throws SQLException {
        return first.size() < most ? first.size() : session.number(sql, id);
    }
}
