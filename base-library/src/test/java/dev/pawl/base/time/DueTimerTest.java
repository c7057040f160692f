package dev.pawl.base.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DueTimerTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final AtomicReference<Optional<Instant>> next = new AtomicReference<>(Optional.empty());
    private final BlockingQueue<Instant> looks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final DueTimer timer = new DueTimer("test-due-timer", clock::get, this::look, failures::add);

    private Optional<Instant> look(Instant now) {
        Optional<Instant> named = next.get();
        looks.add(now);
        return named;
    }

    @AfterEach
    void close() {
        timer.close();
        timer.close(); // harmless
        assertFalse(isRunning());
    }

    private static boolean isRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("test-due-timer"));
    }

    private Instant awaitLook() throws InterruptedException {
        Instant look = looks.poll(20, TimeUnit.SECONDS);
        assertNotNull(look, "no look");
        return look;
    }

    @Test
    void thereIsNoThreadBeforeAnythingIsDue() {
        assertFalse(isRunning());
    }

    @Test
    void aLookIsMadeWhenItsTimeHasComeAndAtTheTimeThatItNames() throws InterruptedException {
        timer.at(NOON.plusMillis(300));
        assertNull(looks.poll(100, TimeUnit.MILLISECONDS), "before its time");
        clock.set(NOON.plusMillis(300));
        next.set(Optional.of(NOON.plusMillis(400)));
        assertEquals(NOON.plusMillis(300), awaitLook());
        next.set(Optional.empty());
        clock.set(NOON.plusMillis(500));
        assertEquals(NOON.plusMillis(500), awaitLook());
    }

    @Test
    void aClockThatIsSetBackBringsALook() throws InterruptedException {
        timer.at(NOON.plus(Duration.ofDays(1)));
        assertNull(looks.poll(200, TimeUnit.MILLISECONDS), "nothing is due");
        clock.set(NOON.minus(Duration.ofDays(1)));
        assertEquals(NOON.minus(Duration.ofDays(1)), awaitLook());
    }

    @Test
    void aFailedLookIsToldOnceAndRepeated() throws InterruptedException {
        DueTimer failing = new DueTimer(
                "test-due-timer",
                Instant::now,
                now -> {
                    looks.add(now);
                    throw new IllegalStateException("the store is away");
                },
                failures::add);
        try {
            failing.now();
            awaitLook();
            awaitLook();
            assertEquals("the store is away", failures.poll(1, TimeUnit.SECONDS).getMessage());
            assertEquals(0, failures.size());
        } finally {
            failing.close();
        }
    }
}
