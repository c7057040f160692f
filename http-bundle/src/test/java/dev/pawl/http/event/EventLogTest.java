package dev.pawl.http.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.event.QueueEvent;
import dev.pawl.testkit.fake.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    private static final int ALL = 1_000;

    private final AtomicInteger woken = new AtomicInteger();
    private final EventLog log = new EventLog("life", 3, Long.MAX_VALUE, woken::incrementAndGet);

    private static QueueEvent event(int number) {
        return new QueueEvent(Jobs.CREATED, QueueEvent.Change.CLEARED, null, number);
    }

    private void add(int... numbers) {
        for (int number : numbers) {
            log.add(event(number));
        }
    }

    private Optional<List<Integer>> after(long sequence) {
        return log.after(sequence, ALL).map(events -> events.stream()
                .map(event -> ((QueueEvent) event.event()).removed())
                .toList());
    }

    @Test
    void eventsAreReadInTheirOrderAfterANumber() {
        assertEquals(Optional.of(List.of()), after(0));
        add(10, 11, 12);
        assertEquals(Optional.of(List.of(10, 11, 12)), after(0));
        assertEquals(Optional.of(List.of(12)), after(2));
        assertEquals(Optional.of(List.of()), after(3));
        assertEquals(3, woken.get());
    }

    @Test
    void aReaderCannotGoOnWhereTheNextEventWasDropped() {
        add(10, 11, 12, 13);
        assertEquals(Optional.empty(), after(0));
        assertEquals(Optional.of(List.of(11, 12, 13)), after(1));
        assertFalse(log.continuesAt(5), "a number that has not been given yet is of another life");
    }

    @Test
    void theOldestEventsGoWhenTheyTakeTooMuchMemory() {
        EventLog small = new EventLog("life", ALL, 10_000, () -> {});
        for (int i = 0; i < 100; i++) {
            small.add(event(i));
        }
        assertTrue(small.weight() <= 10_000, () -> small.weight() + " bytes");
        assertTrue(small.after(99, ALL).isPresent());
        assertTrue(small.after(0, ALL).isEmpty());
    }

    @Test
    void afterAnInterruptionNobodyGoesOnWhoWasThereBefore() {
        add(10, 11);
        log.interrupt();
        assertEquals(Optional.empty(), after(2));
        long now = log.last();
        assertEquals(Optional.of(List.of()), after(now));
        add(12);
        assertEquals(Optional.of(List.of(12)), after(now));
    }

    @Test
    void aTextIsMadeOnceAndOnlyForAReader() {
        add(10);
        assertEquals(0, log.encodings());
        KeptEvent event = log.after(0, 1).orElseThrow().get(0);
        String text = StandardCharsets.UTF_8.decode(event.whole()).toString();
        assertEquals("""
                event: queue
                data: {"change":"cleared","at":"2026-01-01T10:00:00.123+00:00","removed":10}
                id: life-1

                """, text);
        assertEquals(
                text.substring(0, text.indexOf("id: ")),
                StandardCharsets.UTF_8.decode(event.withoutId()).toString());
        assertEquals(1, log.encodings());
    }
}
