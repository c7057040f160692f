package dev.pawl.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.RetryPolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryDelayTest {

    private static final RetryPolicy POLICY = new RetryPolicy(100, Duration.ofSeconds(10), Duration.ofMinutes(10));

    private final Random random = new Random(7);

    @Test
    void eachPauseIsTwiceTheOneBeforeGiveOrTakeAFifth() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            long middleMs = 10_000L << (attempt - 1);
            for (int n = 0; n < 1_000; n++) {
                long delayMs = RetryDelay.after(attempt, POLICY, random).toMillis();
                assertTrue(delayMs >= middleMs * 0.8 && delayMs <= middleMs * 1.2, attempt + ": " + delayMs);
            }
        }
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        for (int attempt = 7; attempt <= 100; attempt++) {
            assertTrue(RetryDelay.after(attempt, POLICY, random).compareTo(POLICY.maxBackoff()) <= 0);
        }
        assertEquals(POLICY.maxBackoff(), RetryDelay.after(100, POLICY, random), "also where doubling would overflow");
    }

    @Test
    void jobsThatFailTogetherComeBackApart() {
        Set<Duration> delays = new HashSet<>();
        for (int n = 0; n < 100; n++) {
            delays.add(RetryDelay.after(1, POLICY, random));
        }
        assertTrue(delays.size() > 80, "of 100 only " + delays.size() + " differ");
    }

    @Test
    void aPauseOfMillisecondsIsOneOfMilliseconds() {
        RetryPolicy brief = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(3));
        for (int n = 0; n < 100; n++) {
            long micros = RetryDelay.after(1, brief, random).toNanos() / 1_000;
            assertTrue(micros >= 800 && micros <= 1_200, micros + " µs");
        }
    }

    @Test
    void withoutABackoffItIsAtOnce() {
        assertEquals(Duration.ZERO, RetryDelay.after(3, new RetryPolicy(5, Duration.ZERO, Duration.ZERO), random));
    }
}
