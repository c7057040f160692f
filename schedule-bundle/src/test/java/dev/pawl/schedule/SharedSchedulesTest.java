package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.schedule.MortalStore.Mortality;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The schedules of two servers whose store is the same. */
class SharedSchedulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningSchedules gone = new RunningSchedules(() -> folder);

    private ScheduleParts other;

    private static final class Alive implements Mortality {
        @Override
        public <T> CompletionStage<T> survives(Supplier<CompletionStage<T>> write) {
            return write.get();
        }

        @Override
        public void requireLife() {}
    }

    @BeforeEach
    void start() {
        other = new ScheduleParts(
                new MortalStore(gone.store, new Alive()),
                gone.scheduler,
                gone.clock,
                () -> ZoneOffset.UTC,
                time -> {},
                new EventPublisher());
    }

    private Instant look() {
        return other.due.look(gone.clock.instant()).orElseThrow();
    }

    @Test
    void theTimerLooksAgainForWhatAnotherServerHasMade() {
        Instant first = look();
        assertEquals(gone.clock.instant().plus(MortalStore.LOOK_AGAIN), first);
        gone.put("a", Timing.every(MINUTE), Overlap.ALLOW, Missed.ONCE);
        assertTrue(look().isBefore(gone.clock.instant().plus(MINUTE)));
        gone.clock.advance(MINUTE);
        look();
        RunningSchedules.await(other.fires.settled());
        assertEquals(1, gone.history("a").size());
    }

    @Test
    void aJobThatAServerLeftWaitingStartsOnceTheEarlierOneHasEnded() {
        gone.put("a", Timing.every(MINUTE), Overlap.QUEUE, Missed.ONCE);
        look();
        gone.lookAfter(MINUTE);
        UUID earlier = gone.claim().get(0);
        gone.lookAfter(MINUTE);
        UUID waiting = gone.jobs.pending(1).get(0).id();
        gone.complete(earlier); // of which that server will tell nobody
        assertEquals(List.of(), gone.claim());
        gone.clock.advance(MortalStore.LOOK_AGAIN);
        look();
        assertEquals(List.of(waiting), gone.claim());
    }

    @Test
    void aPauseOnOneServerHoldsOnTheOther() {
        gone.put("a", Timing.every(MINUTE), Overlap.ALLOW, Missed.ONCE);
        look();
        RunningSchedules.await(gone.parts.changes.pause("a", true));
        gone.clock.advance(MINUTE);
        look();
        RunningSchedules.await(other.fires.settled());
        assertEquals(List.of(), gone.history("a"));
        assertEquals(Optional.empty(), gone.store.nextFire(Instant.MIN));
    }
}
