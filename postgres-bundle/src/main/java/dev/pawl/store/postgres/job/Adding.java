package dev.pawl.store.postgres.job;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.kit.AnswerJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.postgres.answer.AnswerRows;
import dev.pawl.store.postgres.engine.Change;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds jobs. Their texts are written on the caller's thread. */
public final class Adding implements Change<List<Job>> {

    /** The latest due time that a request gets: those after it stand for waits that no time ends. */
    private static final Instant LATEST = After.DUE.minusSeconds(1);

    private record Prepared(NewJob job, String moduleKey, String body) {}

    private final Work work;
    private final Occasions occasions;
    private final @Nullable RequestKey key;
    private final List<Prepared> jobs = new ArrayList<>();

    /**
     * An addition.
     *
     * @param key the key under which the one answer to all is kept; null for none
     */
    public Adding(Work work, List<NewJob> jobs, @Nullable RequestKey key) {
        this.work = work;
        this.occasions = new Occasions(work);
        this.key = key;
        jobs.forEach(
                job -> this.jobs.add(new Prepared(job, ModuleKey.of(job.request()), RequestJson.write(job.request()))));
    }

    @Override
    public long size() {
        return jobs.stream().mapToLong(job -> job.body().length()).sum();
    }

    @Override
    public List<UUID> added() {
        return jobs.stream().map(job -> job.job().id()).toList();
    }

    @Override
    public List<Job> make() throws SQLException {
        List<Job> added = new ArrayList<>(jobs.size());
        Map<UUID, UUID> standing = new HashMap<>(); // for jobs that are not added, those that hold their unique keys
        for (Prepared wanted : jobs) {
            Job present = add(wanted, standing);
            added.add(present);
            audit(wanted.job(), present);
            if (!present.id().equals(wanted.job().id())) {
                standing.put(wanted.job().id(), present.id());
            }
        }
        if (key != null) {
            List<Boolean> existing = jobs.stream()
                    .map(wanted -> standing.containsKey(wanted.job().id()))
                    .toList();
            keep(key, AnswerJson.of(added, existing));
        }
        return List.copyOf(added);
    }

    private void audit(NewJob wanted, Job present) {
        AuditedChange change = wanted.change();
        boolean isNew = present.id().equals(wanted.id());
        if (change != null && change.hasEntry() && (isNew || wanted.fire() == null)) {
            String detail = isNew ? "" : "The job with this unique key was there; none was added.";
            work.audit().add(change.entry(present.id().toString(), AuditOutcome.DONE, detail));
        }
    }

    private void keep(RequestKey wanted, String json) throws SQLException {
        work.changed();
        AnswerRows.keep(work.statements(), wanted, json);
    }

    private void keepAnswer(NewJob wanted, Job present) throws SQLException {
        if (wanted.key() != null) {
            keep(wanted.key(), AnswerJson.of(present, !present.id().equals(wanted.id())));
        }
    }

    private Job add(Prepared wanted, Map<UUID, UUID> standing) throws SQLException {
        return occasions.add(wanted.job(), until -> add(wanted, standing, until));
    }

    /**
     * Adds a job.
     *
     * @param until the time until which it waits for what stands for no time; null for its own
     */
    private Job add(Prepared wanted, Map<UUID, UUID> standing, @Nullable Instant until) throws SQLException {
        NewJob job = wanted.job();
        JobRequest request = job.request();
        String body = wanted.body();
        if (!standing.isEmpty() && !request.after().isNone()) {
            request = after(request, standing);
            body = RequestJson.write(request);
        }
        String uniqueKey = request.uniqueKey().orElse(null);
        if (uniqueKey != null) {
            JobRecord holder = UniqueKeys.holder(work, uniqueKey, request);
            if (holder != null) {
                Job present = holder.job();
                if (job.fire() == null) {
                    job.check().check(present);
                }
                keepAnswer(job, present);
                return present;
            }
        }
        if (work.records().find(job.id()) != null) {
            throw new IllegalArgumentException("The job " + job.id() + " exists already.");
        }
        List<JobRecord> open = request.after().isNone() ? List.of() : open(request.after());
        JobRecord record = record(wanted, request, body);
        Instant due = !open.isEmpty() ? After.DUE : until == null ? due(request) : until;
        record.now.dueAt = Micros.ofNullable(due);
        record.now.place = due == null ? Place.READY : Place.LATER;
        Job added = record.job();
        keepAnswer(job, added);
        work.add(job.id(), record);
        work.rows().job(record, request.title().toLowerCase(Locale.ROOT));
        work.counts().added(JobStatus.PENDING, 1);
        if (uniqueKey != null) {
            UniqueKeys.keep(work, record, uniqueKey, request);
        }
        wait(record, request, open);
        work.changes().note(JobChange.Kind.ADDED, added);
        work.minutes().added();
        start(record, due);
        return added;
    }

    /** Starts the job at once, when it may. */
    private void start(JobRecord record, @Nullable Instant due) throws SQLException {
        ClaimRequest claim = due == null ? work.claims().admit(record.moduleKey) : null;
        if (record.now.place == Place.RUNS) {
            return; // the look for waiting jobs has found this one
        }
        if (claim == null) {
            work.claims().waits(record);
            return;
        }
        Job running = Claim.begin(work, record, claim);
        work.move(record, JobStatus.RUNNING, Place.RUNS);
        work.claims().began(running);
        work.minutes().started(running);
        work.changes().note(JobChange.Kind.STARTED, running);
    }

    private JobRecord record(Prepared wanted, JobRequest request, String body) throws SQLException {
        NewJob job = wanted.job();
        Author starter =
                job.change() == null ? null : Author.of(job.change().actor().principal());
        JobRecord record = new JobRecord(
                work.nextNumber(),
                job.id(),
                wanted.moduleKey(),
                request.priority(),
                Micros.of(job.createdAt()),
                Micros.of(work.now()),
                body,
                starter);
        record.request(request, body);
        record.now.lane = Rank.ofNew(request.priority());
        return record;
    }

    private @Nullable Instant due(JobRequest request) {
        Instant after = work.now();
        return request.notBefore()
                .map(Micros::kept)
                .filter(after::isBefore)
                .map(time -> time.isBefore(LATEST) ? time : LATEST)
                .orElse(null);
    }

    private static JobRequest after(JobRequest request, Map<UUID, UUID> standing) {
        After after = request.after();
        return request.withAfter(after.withJobs(after.ids().stream()
                .map(id -> standing.getOrDefault(id, id).toString())
                .distinct()
                .toList()));
    }

    /** Those of the jobs for which a request waits that have not ended. */
    private List<JobRecord> open(After after) throws SQLException {
        work.records().load(after.ids());
        List<JobRecord> open = new ArrayList<>();
        for (UUID id : after.ids()) {
            JobRecord record = work.records().find(id);
            if (record == null) {
                throw new ProblemException(ProblemCode.INVALID_JOB, After.unknown("after", id.toString()));
            }
            JobStatus status = record.now.status;
            if (!status.isFinal()) {
                open.add(record);
            } else if (after.on() == After.On.COMPLETED && status != JobStatus.COMPLETED) {
                throw new ProblemException(
                        ProblemCode.PREREQUISITE_FAILED,
                        "after names job " + id + ", which is " + status.wireName()
                                + " and will not complete any more.");
            }
        }
        return open;
    }

    private void wait(JobRecord record, JobRequest request, List<JobRecord> open) {
        Long notBefore = Micros.ofNullable(request.notBefore().orElse(null));
        for (JobRecord prerequisite : open) {
            prerequisite.isAwaited = true;
            work.rows().hold(prerequisite);
            work.rows().wait(prerequisite.id, record.job, request.after().on() == After.On.COMPLETED, notBefore);
        }
    }
}
