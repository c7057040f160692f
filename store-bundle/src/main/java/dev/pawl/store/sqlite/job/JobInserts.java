package dev.pawl.store.sqlite.job;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.After;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.UniqueKeyCheck;
import dev.pawl.store.kit.AnswerJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.answer.AnswerRows;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.People;
import dev.pawl.store.sqlite.call.CallWrite;
import dev.pawl.store.sqlite.delivery.CallbackBits;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.SqliteErrors;
import dev.pawl.store.sqlite.fire.FireWrite;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds jobs. Work that does not need the transaction is done on the caller's thread. */
public final class JobInserts implements Session.Reading<List<Job>> {

    private static final String INSERT_JOB = """
            INSERT INTO jobs (seq, id, status, module_key, rank, priority, unique_key, created_at, search_title, request, due_at, epoch, \
            started_at, run_started_at, worker, started_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    /** The latest due time that a request gets: those after it stand for waits that no time ends. */
    private static final Instant LATEST = After.DUE.minusSeconds(1);

    private static final String INSERT_REQUEST = "INSERT INTO requests (job, body) VALUES (?, ?)";

    /** The length from which on a request has a row of its own, since each write of a run writes the job's row. */
    private static final int LONG = 512;

    private record Prepared(
            Job job,
            String moduleKey,
            String body,
            UniqueKeyCheck check,
            @Nullable RequestKey key,
            @Nullable DueFire fire,
            @Nullable HookDelivery delivery,
            @Nullable AuditedChange change) {

        private boolean isShort() {
            return body.length() < LONG;
        }

        /** The same job after those that stand for others. */
        private Prepared after(Map<UUID, UUID> standing) {
            After after = job.request().after();
            if (standing.isEmpty() || after.isNone()) {
                return this;
            }
            JobRequest request = job.request()
                    .withAfter(after.withJobs(after.ids().stream()
                            .map(id -> standing.getOrDefault(id, id).toString())
                            .distinct()
                            .toList()));
            return new Prepared(
                    job.withRequest(request),
                    moduleKey,
                    RequestJson.write(request),
                    check,
                    key,
                    fire,
                    delivery,
                    change);
        }
    }

    private final List<Prepared> jobs = new ArrayList<>();
    private final @Nullable RequestKey key;
    private final LiveJobs live;
    private final People people;
    private final AuditChain audit;

    public JobInserts(List<NewJob> jobs, @Nullable RequestKey key, LiveJobs live, People people, AuditChain audit) {
        this.key = key;
        this.live = live;
        this.people = people;
        this.audit = audit;
        jobs.forEach(job -> this.jobs.add(new Prepared(
                waiting(job),
                ModuleKey.of(job.request()),
                RequestJson.write(job.request()),
                job.check(),
                job.key(),
                job.fire(),
                job.delivery(),
                job.change())));
    }

    /** The approximate number of characters that it holds. */
    public long size() {
        return jobs.stream().mapToLong(job -> job.body().length()).sum();
    }

    @Override
    public List<Job> read(Session session) throws SQLException {
        List<Job> added = new ArrayList<>(jobs.size());
        Map<UUID, UUID> standing = new HashMap<>(); // for jobs that are not added, those that hold their unique keys
        for (Prepared wanted : jobs) {
            Prepared job = wanted.after(standing);
            Job present = add(session, job);
            added.add(present);
            if (!present.id().equals(job.job().id())) {
                standing.put(job.job().id(), present.id());
            }
        }
        if (key != null) {
            AnswerRows.keep(session, key, AnswerJson.of(added, isExisting(added)));
        }
        for (int i = 0; i < added.size(); i++) { // when nothing can be refused any more
            audit(jobs.get(i), added.get(i));
        }
        return List.copyOf(added);
    }

    private List<Boolean> isExisting(List<Job> added) {
        List<Boolean> existing = new ArrayList<>(added.size());
        for (Job present : added) {
            existing.add(!present.id().equals(jobs.get(existing.size()).job().id()));
        }
        return existing;
    }

    private void audit(Prepared wanted, Job present) {
        AuditedChange change = wanted.change();
        boolean isNew = present.id().equals(wanted.job().id());
        if (change != null && change.hasEntry() && (isNew || wanted.fire() == null)) {
            String detail = isNew ? "" : "The job with this unique key was there; none was added.";
            audit.add(change.entry(present.id().toString(), AuditOutcome.DONE, detail));
        }
    }

    private Job add(Session session, Prepared prepared) throws SQLException {
        HookDelivery delivery = prepared.delivery();
        if (delivery != null) {
            return deliver(session, prepared, delivery, CallWrite.begin(session, delivery));
        }
        DueFire due = prepared.fire();
        return due == null
                ? add(session, prepared, prepared.job())
                : fire(session, prepared, due, FireWrite.begin(session, due));
    }

    /** Adds the job of a due time, and records it, unless an earlier job stands in the way. */
    private Job fire(Session session, Prepared prepared, DueFire due, FireWrite fire) throws SQLException {
        Optional<UUID> obstacle = fire.obstacle();
        if (obstacle.isPresent()) {
            Job earlier = JobReads.find(session, obstacle.get()).orElseThrow();
            prepared.check().check(earlier);
            fire.yielded(earlier.id());
            live.notifications().fired(session, due, null);
            return earlier;
        }
        Job wanted = prepared.job();
        Job present = add(
                session,
                prepared,
                fire.waits() ? wanted.withState(JobState.added(DueFire.AFTER_EARLIER_JOBS)) : wanted);
        if (present.id().equals(wanted.id())) {
            fire.started(present.id());
        } else {
            fire.yielded(present.id());
        }
        live.notifications().fired(session, due, null);
        return present;
    }

    /** Adds the job of a hook's call, and records the call. */
    private Job deliver(Session session, Prepared prepared, HookDelivery delivery, CallWrite call) throws SQLException {
        Job present = add(session, prepared, prepared.job());
        call.started(delivery, present.id(), present.id().equals(prepared.job().id()));
        return present;
    }

    private Job add(Session session, Prepared prepared, Job wanted) throws SQLException {
        JobRequest request = wanted.request();
        String uniqueKey = request.uniqueKey().orElse(null);
        if (uniqueKey != null) {
            Optional<Job> holder = UniqueKeys.holder(session, uniqueKey, request, wanted.createdAt());
            if (holder.isPresent()) {
                if (prepared.fire() == null) {
                    prepared.check().check(holder.get());
                }
                keepAnswer(session, prepared, holder.get());
                return holder.get();
            }
        }
        List<UUID> open = request.after().isNone() ? List.of() : WaitRows.open(session, request.after());
        Job job = open.isEmpty() ? wanted : wanted.withState(JobState.added(After.DUE));
        keepAnswer(session, prepared, job);
        ClaimRequest claim = job.state().dueAt() == null ? live.claims().admit(session, prepared.moduleKey()) : null;
        long seq = live.nextSeq(session);
        try {
            insert(session, seq, prepared, job, claim);
        } catch (SQLException e) {
            if (SqliteErrors.isDuplicate(e)) {
                throw new IllegalArgumentException("The job " + job.id() + " exists already.", e);
            }
            throw e;
        }
        if (!prepared.isShort()) {
            session.update(INSERT_REQUEST, seq, prepared.body());
        }
        UniqueKeys.keep(session, seq, request);
        WaitRows.add(session, seq, request, open);
        open.forEach(live.runs()::awaited);
        live.changes().note(JobChange.Kind.ADDED, job);
        live.minutes().added();
        if (claim == null) {
            live.counts().added(JobStatus.PENDING, 1);
            live.claims().look();
        } else {
            live.counts().added(JobStatus.RUNNING, 1);
            live.claims().began(job, claim, RunRow.ofNew(seq, request, Micros.kept(claim.now())));
        }
        if (request.callback().isPresent()) {
            live.deliveries().keep(session, seq, request.callback().get());
            if (claim != null) {
                live.deliveries().moved(session, seq, CallbackBits.of(request), JobStatus.RUNNING, claim.now());
            }
        }
        return job;
    }

    /** Inserts the row of a job that waits, or of one that runs by a claim. */
    private void insert(Session session, long seq, Prepared prepared, Job job, @Nullable ClaimRequest claim)
            throws SQLException {
        JobRequest request = job.request();
        JobStatus status = claim == null ? JobStatus.PENDING : JobStatus.RUNNING;
        Author starter = job.authors().startedBy();
        Long began = claim == null ? null : Micros.of(claim.now());
        session.update(
                INSERT_JOB,
                seq,
                JobIds.bytes(job.id()),
                status.wireName(),
                prepared.moduleKey(),
                Rank.ofNew(request.priority()),
                request.priority(),
                request.uniqueKey().orElse(null),
                Micros.of(job.createdAt()),
                request.title().toLowerCase(Locale.ROOT),
                prepared.isShort() ? prepared.body() : null,
                Micros.ofNullable(job.state().dueAt()),
                claim == null ? 0 : 1,
                began,
                began,
                claim == null ? null : claim.worker(),
                starter == null ? null : people.number(session, starter));
    }

    private static void keepAnswer(Session session, Prepared prepared, Job job) throws SQLException {
        RequestKey key = prepared.key();
        if (key != null) {
            AnswerRows.keep(
                    session,
                    key,
                    AnswerJson.of(job, !job.id().equals(prepared.job().id())));
        }
    }

    private static Job waiting(NewJob job) {
        Instant createdAt = Micros.kept(job.createdAt());
        Instant dueAt = job.request()
                .notBefore()
                .map(Micros::kept)
                .filter(createdAt::isBefore)
                .map(time -> time.isBefore(LATEST) ? time : LATEST)
                .orElse(null);
        AuditedChange change = job.change();
        JobAuthors authors = change == null
                ? JobAuthors.NONE
                : new JobAuthors(Author.of(change.actor().principal()), null);
        return new Job(job.id(), job.request(), createdAt, JobState.added(dueAt), authors);
    }
}
