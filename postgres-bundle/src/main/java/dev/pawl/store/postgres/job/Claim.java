package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.job.RefusedClaims.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting jobs for a worker. It reads the first jobs of each lane of the queue without locks, so that jobs whose module is
 * missing or busy cost nothing, and locks what it has chosen; what another server has locked is left to it.
 */
public final class Claim implements Change<List<Job>> {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    /** Locks the first of some jobs that no other server has locked. */
    private static final String LOCK = "SELECT r.job FROM unnest(?::bigint[]) AS w (job) CROSS JOIN LATERAL "
            + "(SELECT ready.job FROM ready WHERE ready.job = w.job OFFSET 0 FOR UPDATE SKIP LOCKED) r LIMIT ?";

    private final Work work;
    private final ClaimRequest request;
    private int chosen;
    private boolean isCalm;
    private boolean isAllDueSeen;

    public Claim(Work work, ClaimRequest request) {
        this.work = work;
        this.request = request;
    }

    @Override
    public List<Job> make() throws SQLException {
        long room = request.most();
        if (isHere()) {
            room = work.claims().isHeld()
                    ? Math.min(room, request.slots() - work.claims().here())
                    : 0;
        }
        work.knowGenerations();
        ClaimLook look = ClaimLook.look(work, request, room, this::isWanted);
        if (!look.moved().isEmpty()) {
            work.records().forgetLater();
            work.changed();
            look.moved().forEach(work.news()::ready);
        }
        isAllDueSeen = look.moved().size() < ClaimLook.MOST_MOVED;
        isCalm = look.trialUntil() == 0 && look.suspects().isEmpty();
        List<Long> wanted = room > 0 ? choose(look, room) : List.of();
        chosen = Math.toIntExact(Math.min(wanted.size(), room));
        return wanted.isEmpty() ? List.of() : take(wanted, room);
    }

    /** The look that goes with the beginning of a transaction; null when jobs cannot be taken by it. */
    @Nullable
    EarlyLook early(long most) {
        return EarlyLook.of(work, request, work.lanes().wanted(this::isWanted), most);
    }

    /** Takes what that look has found first; null when another look is needed. */
    @Nullable
    List<Job> take(EarlyLook look, long room) throws SQLException {
        work.knowGenerations();
        List<JobRecord> first =
                look.take(room, request, job -> isWanted(job.moduleKey) && job.now.generation <= most(job.moduleKey));
        if (first.isEmpty()) {
            return null;
        }
        List<Job> taken = new ArrayList<>();
        for (JobRecord record : first) {
            take(record).ifPresent(taken::add);
        }
        return taken;
    }

    /** The number of jobs that the claim found, those included that it could not take. */
    int chosen() {
        return chosen;
    }

    /** Whether each job that was due is in the queue; otherwise the next claim moves more of them. */
    boolean isAllDueSeen() {
        return isAllDueSeen;
    }

    /** Whether no job is on trial here, or waits for one. */
    boolean isCalm() {
        return isCalm;
    }

    private boolean isHere() {
        return request.leasedUntil() == null;
    }

    /** Chooses jobs; beside other servers, some more than there is room for, in case that those have chosen the same. */
    private List<Long> choose(ClaimLook look, long room) throws SQLException {
        List<Long> found = new ArrayList<>();
        Map<String, Long> left = look.left();
        if (isHere() && Trials.isRunning(work, look.trialUntil())) {
            return found;
        }
        Optional<Trials.Suspect> suspect = look.suspects().stream()
                .filter(job -> isWanted(job.moduleKey())
                        && job.generation() <= most(job.moduleKey())
                        && !Limits.isFull(ModuleKey.modules(job.moduleKey()), left))
                .findFirst();
        if (suspect.isPresent()) {
            if (!isHere() || Trials.canBegin(work)) {
                found.add(suspect.get().job());
            }
            return found; // a job that runs elsewhere cannot end this process; other jobs can wait for the next claim
        }
        PriorityQueue<ReadyQueue> queues =
                new PriorityQueue<>(Comparator.comparing(ReadyQueue::head, ReadyQueue.Entry.ORDER));
        for (ReadyQueue queue : look.queues(work.session(), this::most)) {
            if (isWanted(queue.key()) && queue.advance()) {
                queues.add(queue);
            }
        }
        long most = work.news().hasOthers() ? 2 * room : room;
        while (found.size() < most && !queues.isEmpty()) {
            ReadyQueue queue = queues.remove();
            if (found.size() >= room && queue.modules().stream().anyMatch(left::containsKey)) {
                continue; // what its limit leaves would be held by one that may not be taken
            }
            if (!Limits.takeFrom(left, queue.modules())) {
                work.claims().refused().add(Reason.LIMIT);
                continue; // the limit is reached, and no run ends within this claim
            }
            found.add(queue.head().job());
            if (queue.advance()) {
                queues.add(queue);
            }
        }
        return found;
    }

    /** Locks the first of the chosen jobs, and reads those that no other server has locked or taken meanwhile. */
    private List<Job> take(List<Long> wanted, long room) throws SQLException {
        Set<Long> locked = new HashSet<>();
        Map<Long, JobRecord> read = new HashMap<>();
        work.session()
                .all(List.of(
                        new SqlCall(LOCK, SqlArray.numbers(wanted), room).each(row -> locked.add(row.getLong(1))),
                        work.records().reading(wanted, read)));
        List<Job> taken = new ArrayList<>();
        for (Long job : wanted) {
            JobRecord record = locked.contains(job) ? read.get(job) : null;
            if (record == null) {
                leftToOthers(taken.size(), room);
            } else if (record.now.generation > most(record.moduleKey)) {
                work.claims().refused().add(Reason.VERSION);
            } else {
                take(record).ifPresent(taken::add);
            }
        }
        return List.copyOf(taken);
    }

    /** A job was not locked: another server has it, unless there was no room for it. */
    private void leftToOthers(int taken, long room) {
        if (taken < room) {
            work.claims().refused().add(Reason.TAKEN);
        }
    }

    /** The highest generation of the jobs of a module key that may go on here: one that a newer version was given may not. */
    private long most(String key) {
        return isHere() ? work.generations().most(key) : Long.MAX_VALUE;
    }

    private boolean isWanted(String key) {
        Set<String> wanted = request.modules();
        Set<String> installed = request.installed();
        Set<String> modules = ModuleKey.modules(key);
        boolean isOwn = modules.contains(JobActions.MODULE);
        return !(isOwn && !isHere())
                && (wanted == null || wanted.containsAll(modules))
                && (installed == null || !installed.containsAll(modules))
                && (!isHere() || work.generations().begins(key));
    }

    /** Takes a job, unless it cannot be read: that job waits on, and holds up neither the others nor the writes of the transaction. */
    private Optional<Job> take(JobRecord record) throws SQLException {
        try {
            record.job();
        } catch (RuntimeException e) {
            LOG.error("Job {} cannot be read and is not started.", record.id, e);
            return Optional.empty();
        }
        Job running = begin(work, record, request);
        work.move(record, JobStatus.RUNNING, Place.RUNS);
        work.minutes().started(running);
        work.changes().note(JobChange.Kind.STARTED, running);
        return Optional.of(running);
    }

    /** Begins the run of a job; its place and its status are moved by the caller. */
    static Job begin(Work work, JobRecord record, ClaimRequest request) {
        JobColumns now = record.now;
        long micros = Micros.of(work.now());
        boolean leased = request.leasedUntil() != null;
        now.epoch++;
        now.startedAt = now.startedAt == null ? Long.valueOf(micros) : now.startedAt;
        now.runStartedAt = micros;
        now.moduleVersion = null;
        now.worker = request.worker();
        now.owner = leased ? 0 : work.owner();
        now.generation = leased
                ? now.generation
                : Math.max(now.generation, work.generations().own(record.moduleKey));
        now.leaseUntil = request.leasedUntil() == null
                ? null
                : Long.valueOf(Micros.of(work.now().plus(Duration.between(request.now(), request.leasedUntil()))));
        now.trialUntil = !leased && now.crashes >= 2 ? Long.valueOf(micros + Trials.micros()) : null;
        now.dueAt = null;
        now.parked = null;
        now.failure = null;
        now.limitedClaim = work.limits().number(ModuleKey.modules(record.moduleKey));
        Place place = now.place;
        JobStatus status = now.status;
        now.place = Place.RUNS;
        now.status = JobStatus.RUNNING;
        Job running = record.job();
        now.place = place;
        now.status = status;
        return running;
    }
}
