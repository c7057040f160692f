package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every store of received callbacks, as tests. The tests of a store have one subclass, which opens it. */
public abstract class InboxStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LARGE = 1 << 20;

    /** The store under test. */
    protected abstract InboxStore inbox();

    /** Closes it and opens it again, with its contents. */
    protected abstract void reopen();

    @Test
    void aCallbackIsFoundAsItCameAlsoAfterAReopening() {
        ReceivedCallback full = callback("one", "renderer", NOW);
        ReceivedCallback bare = new ReceivedCallback(0, UUID.randomUUID(), NOW, null, null, null, "{}");
        await(inbox().add(full));
        await(inbox().add(bare));
        reopen();
        assertEquals(full, withoutNumber(inbox().find(full.id()).orElseThrow()));
        assertEquals(bare, withoutNumber(inbox().find(bare.id()).orElseThrow()));
        assertEquals(Optional.empty(), inbox().find(UUID.randomUUID()));
    }

    @Test
    void theListIsTheLatestFirstAndFilteredBySourceAndName() {
        await(inbox().add(callback("one", "a", NOW)));
        await(inbox().add(callback("two", "b", NOW)));
        await(inbox().add(callback("one", "b", NOW.minusSeconds(9)))); // the clock was set back
        await(inbox().add(callback("two", "a", NOW)));
        assertEquals(List.of("a two", "b one", "b two", "a one"), list(null, null, Long.MAX_VALUE, 10));
        assertEquals(List.of("b one", "b two"), list("b", null, Long.MAX_VALUE, 10));
        assertEquals(List.of("b one", "a one"), list(null, "one", Long.MAX_VALUE, 10));
        assertEquals(List.of("a one"), list("a", "one", Long.MAX_VALUE, 10));
        assertEquals(List.of("a two", "b one"), list(null, null, Long.MAX_VALUE, 2));
        long second = inbox().list(new CallbackFilter(null, null, Long.MAX_VALUE, 2))
                .get(1)
                .n();
        assertEquals(List.of("b two", "a one"), list(null, null, second, 10));
        assertEquals(List.of(), list("c", null, Long.MAX_VALUE, 10));
    }

    @Test
    void aPageContinuesWhereACallbackWasRemoved() {
        for (int i = 0; i < 4; i++) {
            await(inbox().add(callback(String.valueOf(i), "a", NOW)));
        }
        ReceivedCallback last =
                inbox().list(new CallbackFilter(null, null, Long.MAX_VALUE, 2)).get(1);
        assertTrue(await(inbox().remove(last.id(), null)));
        assertFalse(await(inbox().remove(last.id(), null)));
        assertEquals(List.of("a 1", "a 0"), list(null, null, last.n(), 10));
        assertEquals(3, inbox().totals().callbacks());
    }

    @Test
    void largeCallbacksMakeAPageShorter() {
        for (int i = 0; i < 12; i++) {
            await(inbox().add(large()));
        }
        int page = inbox().list(new CallbackFilter(null, null, Long.MAX_VALUE, 100))
                .size();
        assertTrue(page >= 1 && page < 12, page + " on the page");
    }

    @Test
    void theOldestGoWhenAllTogetherAreTooLarge() {
        ReceivedCallback first = callback("first", "a", NOW);
        await(inbox().add(first));
        int fit = (int) (InboxStore.MOST_CHARACTERS / LARGE);
        for (int i = 0; i <= fit; i++) {
            await(inbox().add(large()));
        }
        assertEquals(Optional.empty(), inbox().find(first.id()));
        InboxStore.Totals totals = inbox().totals();
        assertTrue(totals.characters() <= InboxStore.MOST_CHARACTERS, totals.toString());
        assertTrue(totals.callbacks() >= fit - 1, totals.toString());
        reopen();
        assertEquals(totals, inbox().totals());
    }

    @Test
    void oldCallbacksAreRemovedAFewAtATime() {
        for (int i = 0; i < 5; i++) {
            await(inbox().add(callback("old", "a", NOW.minusSeconds(i))));
        }
        await(inbox().add(callback("new", "a", NOW.plusSeconds(1))));
        Instant before = NOW.plusMillis(1);
        assertEquals(3, await(inbox().removeBefore(before, 3)));
        assertEquals(2, await(inbox().removeBefore(before, 3)));
        assertEquals(0, await(inbox().removeBefore(before, 3)));
        assertEquals(List.of("a new"), list(null, null, Long.MAX_VALUE, 10));
        assertEquals(1, inbox().totals().callbacks());
    }

    private List<String> list(@Nullable String source, @Nullable String name, long before, int limit) {
        return inbox().list(new CallbackFilter(source, name, before, limit)).stream()
                .map(callback -> callback.source() + " " + callback.callbackId())
                .toList();
    }

    private static ReceivedCallback callback(String name, String source, Instant at) {
        return new ReceivedCallback(0, UUID.randomUUID(), at, name, source, "done", "{\"n\":1.50}");
    }

    private static ReceivedCallback large() {
        return new ReceivedCallback(
                0, UUID.randomUUID(), NOW, "large", "a", "done", "\"" + "x".repeat(LARGE - 20) + "\"");
    }

    private static ReceivedCallback withoutNumber(ReceivedCallback kept) {
        assertTrue(kept.n() > 0);
        return new ReceivedCallback(
                0, kept.id(), kept.receivedAt(), kept.callbackId(), kept.source(), kept.status(), kept.payload());
    }
}
