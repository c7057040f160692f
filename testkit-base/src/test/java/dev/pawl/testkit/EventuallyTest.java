package dev.pawl.testkit;

import static dev.pawl.testkit.Eventually.eventually;
import static dev.pawl.testkit.Eventually.eventuallyFind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    @Test
    void waitsUntilTheConditionHolds() {
        var asked = new AtomicInteger();
        eventually("the third question", () -> asked.incrementAndGet() == 3);
        assertEquals(3, asked.get());
    }

    @Test
    void saysWhatDidNotHappen() {
        var failure =
                assertThrows(AssertionError.class, () -> eventually("a blue moon", Duration.ofMillis(10), () -> false));
        assertTrue(failure.getMessage().contains("a blue moon"), failure.getMessage());
    }

    @Test
    void repeatsAssertionsUntilTheyPass() {
        var asked = new AtomicInteger();
        eventually(() -> assertEquals(2, asked.incrementAndGet()));
    }

    @Test
    void endsWithTheLastFailureOfAnAssertion() {
        var failure = assertThrows(
                AssertionError.class,
                () -> eventually(Duration.ofMillis(10), () -> {
                    throw new IllegalStateException("still broken");
                }));
        assertEquals("still broken", failure.getMessage());
    }

    @Test
    void findsAValueOnceItIsThere() {
        var asked = new AtomicInteger();
        int found = eventuallyFind(
                "a number above 2", () -> Optional.of(asked.incrementAndGet()).filter(n -> n > 2));
        assertEquals(3, found);
    }
}
