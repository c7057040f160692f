package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.TimingJson;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.fire.FireRows;
import dev.pawl.store.postgres.fire.FireWrite;
import dev.pawl.store.postgres.job.ScheduledJobs;
import dev.pawl.store.postgres.schedule.ScheduleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The schedules and their history, in the database of a {@link PostgresStore}. */
@Component(service = ScheduleStore.class)
public final class PostgresSchedules implements ScheduleStore {

    /** The time by which a fire may be late whose server ends at that moment, and a job that waits for one of such a server. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps schedules in the database of an open store. */
    @Activate
    public PostgresSchedules(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    /** The clock of the database: the servers fire the same schedules, whatever theirs say. */
    @Override
    public InstantSource clock(InstantSource ofProcess) {
        return store.clock()::present;
    }

    @Override
    public Optional<Duration> lookAgain() {
        return Optional.of(LOOK_AGAIN);
    }

    @Override
    public Optional<KeptSchedule> find(String name) {
        return readers.read(session -> ScheduleRows.find(session, name));
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
        return readers.read(session -> ScheduleRows.nextFire(session, after));
    }

    @Override
    public CompletionStage<Put> put(KeptSchedule schedule, @Nullable AuditedChange change) {
        String timing = TimingJson.write(schedule.request());
        String job = RequestJson.write(schedule.request().job());
        return store.apart(timing.length() + job.length(), work -> {
            boolean isDone = ScheduleRows.put(work.statements(), schedule, timing, job);
            if (isDone) {
                work.changed();
            }
            work.audit().audited(isDone, change);
            return new Put(
                    isDone,
                    ScheduleRows.find(work.statements(), schedule.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            if (!ScheduleRows.lock(work.statements(), name)) {
                return false;
            }
            work.changed();
            ScheduledJobs.releaseAll(work, name);
            ScheduleRows.delete(work.statements(), name);
            return work.audit().audited(true, change);
        });
    }

    @Override
    public CompletionStage<Boolean> pass(DueFire fire, FireOutcome outcome) {
        return store.apart(fire.detail().length(), work -> {
            Optional<FireWrite> write = FireWrite.beginWithoutJob(work.statements(), fire);
            if (write.isPresent()) {
                work.changed();
                work.statements().all(write.get().passed(outcome));
                work.notifications().fired(work.statements(), fire, outcome);
            }
            return write.isPresent();
        });
    }

    @Override
    public List<Fire> fires(String name, @Nullable Instant before, int limit) {
        return readers.read(session -> FireRows.history(session, name, before, limit));
    }

    @Override
    public CompletionStage<Optional<ScheduledJob>> release(String name) {
        return store.apart(1, work -> ScheduledJobs.release(work, name));
    }

    @Override
    public Optional<String> zoneRules() {
        return readers.read(ScheduleRows::zoneRules);
    }

    @Override
    public CompletionStage<Void> keepZoneRules(String rules) {
        return store.apart(rules.length(), work -> {
                    work.changed();
                    ScheduleRows.keepZoneRules(work.statements(), rules);
                    return true;
                })
                .thenAccept(kept -> {});
    }

    @Override
    public List<String> waiting() {
        return readers.read(session -> FireRows.waiting(session));
    }
}
