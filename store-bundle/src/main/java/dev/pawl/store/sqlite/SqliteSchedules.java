package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.fire.FireRows;
import dev.pawl.store.sqlite.fire.FireWrite;
import dev.pawl.store.sqlite.job.LiveJobs;
import dev.pawl.store.sqlite.schedule.ScheduleRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The schedules and their history, in the file of the {@link SqliteStore}. */
@Component(service = ScheduleStore.class)
public final class SqliteSchedules implements ScheduleStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final LiveJobs live;
    private final AuditChain audit;

    /** Keeps schedules in the file of an open store. */
    @Activate
    public SqliteSchedules(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.live = store.live();
        this.audit = store.audit();
    }

    @Override
    public Optional<KeptSchedule> find(String name) {
        return readers.readShort(session -> ScheduleRows.find(session, name));
    }

    @Override
    public List<KeptSchedule> list(String after, int limit) {
        return readers.read(session -> ScheduleRows.list(session, after, limit));
    }

    @Override
    public List<KeptSchedule> due(Instant upTo, @Nullable KeptSchedule after, int limit) {
        return readers.read(session -> ScheduleRows.due(session, upTo, after, limit));
    }

    @Override
    public List<String> ofOrigin(ScheduleOrigin.Kind kind, String name) {
        return readers.read(session -> ScheduleRows.ofOrigin(session, kind, name));
    }

    @Override
    public Optional<Instant> nextFire(Instant after) {
        return readers.readShort(session -> ScheduleRows.nextFire(session, after));
    }

    @Override
    public CompletionStage<Put> put(KeptSchedule schedule, @Nullable AuditedChange change) {
        String timing = ScheduleRows.timing(schedule);
        String job = RequestJson.write(schedule.request().job());
        return writer.submit(timing.length() + job.length(), session -> {
            boolean isDone = audited(ScheduleRows.put(session, schedule, timing, job), change);
            return new Put(isDone, ScheduleRows.find(session, schedule.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            live.apart(session, apart -> {
                FireRows.releaseAll(apart, name);
                return true;
            });
            return audited(ScheduleRows.delete(session, name), change);
        });
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null) {
            audit.add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    @Override
    public CompletionStage<Boolean> pass(DueFire fire, FireOutcome outcome) {
        return writer.submit(fire.detail().length(), session -> {
                    FireWrite.begin(session, fire).passed(outcome);
                    live.notifications().fired(session, fire, outcome);
                    return true;
                })
                .exceptionally(SqliteSchedules::falseWhenChanged);
    }

    private static boolean falseWhenChanged(Throwable failure) {
        if (failure instanceof ProblemException problem && problem.code() == ProblemCode.SCHEDULE_CHANGED) {
            return false;
        }
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    @Override
    public List<Fire> fires(String name, @Nullable Instant before, int limit) {
        return readers.read(session -> FireRows.history(session, name, before, limit));
    }

    @Override
    public CompletionStage<Optional<ScheduledJob>> release(String name) {
        return writer.submit(1, session -> live.apart(session, apart -> FireRows.release(apart, name)));
    }

    @Override
    public Optional<String> zoneRules() {
        return readers.readShort(ScheduleRows::zoneRules);
    }

    @Override
    public CompletionStage<Void> keepZoneRules(String rules) {
        return writer.submit(rules.length(), session -> {
                    ScheduleRows.keepZoneRules(session, rules);
                    return true;
                })
                .thenAccept(kept -> {});
    }

    @Override
    public List<String> waiting() {
        return readers.read(FireRows::waiting);
    }
}
