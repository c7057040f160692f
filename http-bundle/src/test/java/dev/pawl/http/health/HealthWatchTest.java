package dev.pawl.http.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HealthWatchTest {

    private static final Health.State SOUND = new Health.State(null, false, null);

    private final List<Runnable> looks = new ArrayList<>();
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final HealthWatch watch = new HealthWatch(
            () -> {
                looked.incrementAndGet();
                return SOUND;
            },
            looks::add,
            nanos::get);

    @Test
    void aLookThatEndsAtOnceIsTold() {
        HealthWatch direct = new HealthWatch(() -> SOUND, Runnable::run, nanos::get);
        assertTrue(direct.get().ready());
    }

    @Test
    void whileALookIsUnderWayNobodyBeginsAnother() {
        watch.get();
        watch.get();
        assertEquals(1, looks.size());
    }

    @Test
    void theLastStateIsToldForAsLongAsALookIsNotTooLong() {
        var known = new HealthWatch(() -> SOUND, this::firstAtOnce, nanos::get);
        assertTrue(known.get().ready());
        assertTrue(known.get().ready(), "the second look hangs, and the state before is told");
        nanos.addAndGet(HealthWatch.TOO_LONG.toNanos());
        Health.State late = known.get();
        assertFalse(late.ready());
        assertTrue(String.valueOf(late.problem()).contains("has not answered for 5.0 s"), String.valueOf(late));
    }

    @Test
    void aHangingLookIsNotWaitedForLongerThanAProberWaits() {
        long began = System.nanoTime();
        assertFalse(watch.get().ready(), "nothing is known yet");
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(waited.compareTo(Duration.ofSeconds(20)) < 0, waited.toString());
    }

    @Test
    void afterAHangingLookHasEndedTheNextOneIsTold() {
        watch.get();
        looks.remove(0).run();
        Eventually.eventually("the look has ended", () -> looked.get() == 1);
        watch.get();
        assertEquals(1, looks.size(), "a new look");
    }

    private void firstAtOnce(Runnable look) {
        if (looked.getAndIncrement() == 0) {
            look.run();
        }
    }
}
