package dev.pawl.schedule;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store as a process sees it that may be killed at any write: before it is made, or after it is made and before anybody hears of it. */
final class MortalStore implements ScheduleStore {

    /** The time after which a process looks at what others have left. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final ScheduleStore store;
    private final Mortality mortality;

    MortalStore(ScheduleStore store, Mortality mortality) {
        this.store = store;
        this.mortality = mortality;
    }

    /** The life of one process. */
    interface Mortality {

        /** Makes a write, unless the process has died, or dies before or after it. */
        <T> CompletionStage<T> survives(Supplier<CompletionStage<T>> write);

        /** Nothing is read by the dead. */
        void requireLife();
    }

    /** Thrown in a process that was killed, whose work ends there. */
    static final class DeadException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The answer that the dead get. */
    static <T> CompletionStage<T> none() {
        return new CompletableFuture<>();
    }

    @Override
    public Optional<Duration> lookAgain() {
        return Optional.of(LOOK_AGAIN);
    }

    @Override
    public Optional<KeptSchedule> find(String name) {
        mortality.requireLife();
        return store.find(name);
    }

    @Override
    public List<KeptSchedule> list(String after, int limit) {
        mortality.requireLife();
        return store.list(after, limit);
    }

    @Override
    public List<KeptSchedule> due(Instant upTo, @Nullable KeptSchedule after, int limit) {
        mortality.requireLife();
        return store.due(upTo, after, limit);
    }

    @Override
    public List<String> ofOrigin(ScheduleOrigin.Kind kind, String name) {
        mortality.requireLife();
        return store.ofOrigin(kind, name);
    }

    @Override
    public Optional<Instant> nextFire(Instant after) {
        mortality.requireLife();
        return store.nextFire(after);
    }

    @Override
    public CompletionStage<Put> put(KeptSchedule schedule, @Nullable AuditedChange change) {
        return store.put(schedule, change);
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return store.delete(name, change);
    }

    @Override
    public CompletionStage<Boolean> pass(DueFire fire, FireOutcome outcome) {
        return mortality.survives(() -> store.pass(fire, outcome));
    }

    @Override
    public List<Fire> fires(String name, @Nullable Instant before, int limit) {
        return store.fires(name, before, limit);
    }

    @Override
    public CompletionStage<Optional<ScheduledJob>> release(String name) {
        mortality.requireLife();
        return store.release(name);
    }

    @Override
    public Optional<String> zoneRules() {
        mortality.requireLife();
        return store.zoneRules();
    }

    @Override
    public CompletionStage<Void> keepZoneRules(String rules) {
        return store.keepZoneRules(rules);
    }

    @Override
    public List<String> waiting() {
        mortality.requireLife();
        return store.waiting();
    }
}
