package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Adds jobs. Work that does not need the transaction is done on the caller's thread. */
public final class JobInserts implements Session.Reading<List<Job>> {

    private static final String INSERT_JOB = """
            INSERT INTO jobs (id, status, module_key, rank, priority, due_at, unique_key, created_at, search_title) \
            VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?) RETURNING seq\
            """;
    private static final String INSERT_REQUEST = "INSERT INTO requests (job, body) VALUES (?, ?)";
    private static final String LIVE_WITH_KEY =
            JobRow.SELECT + "WHERE j.unique_key = ? AND j.status IN ('pending', 'running')";
    private static final String TAKEN = "SELECT 1 FROM jobs WHERE id = ?";

    private record Prepared(Job job, String moduleKey, String body) {}

    private final List<Prepared> jobs = new ArrayList<>();

    public JobInserts(List<NewJob> jobs) {
        jobs.forEach(job -> this.jobs.add(
                new Prepared(waiting(job), ModuleKey.of(job.request()), RequestJson.write(job.request()))));
    }

    /** The approximate number of characters that it holds. */
    public long size() {
        return jobs.stream().mapToLong(job -> job.body().length()).sum();
    }

    @Override
    public List<Job> read(Session session) throws SQLException {
        List<Job> added = new ArrayList<>(jobs.size());
        for (Prepared job : jobs) {
            added.add(add(session, job));
        }
        return List.copyOf(added);
    }

    private static Job add(Session session, Prepared prepared) throws SQLException {
        Job job = prepared.job();
        JobRequest request = job.request();
        String uniqueKey = request.uniqueKey().orElse(null);
        if (uniqueKey != null) {
            Optional<Job> live = session.first(LIVE_WITH_KEY, JobRow::readJob, uniqueKey);
            if (live.isPresent()) {
                return same(uniqueKey, live.get(), prepared);
            }
        }
        byte[] id = JobIds.bytes(job.id());
        if (session.number(TAKEN, id) != 0) {
            throw new IllegalArgumentException("The job " + job.id() + " exists already.");
        }
        long seq = session.number(
                INSERT_JOB,
                id,
                prepared.moduleKey(),
                Rank.ofNew(request.priority()),
                request.priority(),
                Micros.ofNullable(job.state().dueAt()),
                uniqueKey,
                Micros.of(job.createdAt()),
                request.title().toLowerCase(Locale.ROOT));
        session.update(INSERT_REQUEST, seq, prepared.body());
        return job;
    }

    /** The pending or running job with the key, when it has the same modules. */
    private static Job same(String key, Job live, Prepared wanted) {
        String modules = ModuleKey.of(live.request());
        if (!modules.equals(wanted.moduleKey())) {
            throw new ProblemException(
                    ProblemCode.UNIQUE_KEY_TAKEN,
                    "The unique key \"" + key + "\" belongs to job " + live.id() + " of " + modules + ", which is "
                            + live.state().status().wireName() + "; this one is of " + wanted.moduleKey() + ".");
        }
        return live;
    }

    private static Job waiting(NewJob job) {
        Instant createdAt = Micros.kept(job.createdAt());
        Instant dueAt = job.request()
                .notBefore()
                .map(Micros::kept)
                .filter(createdAt::isBefore)
                .orElse(null);
        return new Job(job.id(), job.request(), createdAt, JobState.added(dueAt));
    }
}
