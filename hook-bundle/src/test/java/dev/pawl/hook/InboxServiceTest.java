package dev.pawl.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.event.CallbackEvent;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.CallbackReceipt;
import dev.pawl.service.inbox.NewCallback;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.sqlite.SqliteHooks;
import dev.pawl.store.sqlite.SqliteInbox;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import dev.pawl.testkit.fake.FakeScheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxServiceTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private final EventSink sink = new EventSink() {
        @Override
        public void add(Event event) {
            events.add(event);
        }

        @Override
        public void lost(String why) {
            throw new AssertionError(why);
        }
    };

    @TempDir
    private Path folder;

    private SqliteStore store;
    private InboxService inbox;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("pawl.db"), clock);
        inbox = new InboxService(new SqliteInbox(store), new SqliteHooks(store), new FakeScheduler(), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CallbackReceipt receive(@Nullable String source, Object payload) {
        return inbox.receive(new NewCallback("order-7", source, "done", payload, null))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aCallbackWithoutAHookIsKeptAsItCame() {
        CallbackReceipt receipt = receive("renderer", Map.of("n", 1));
        assertNull(receipt.job());
        ReceivedCallback kept = inbox.get(receipt.id());
        assertEquals("{\"n\":1}", kept.payload());
        assertEquals(clock.instant(), kept.receivedAt());
        assertEquals(List.of(kept), inbox.list(new CallbackFilter("renderer", "order-7", Long.MAX_VALUE, 10)));
        receive(null, List.of());
        assertEquals(
                2,
                inbox.list(new CallbackFilter(null, null, Long.MAX_VALUE, 10)).size());
    }

    @Test
    void whoFollowsLearnsOfWhatCameAndWhatWasRemoved() {
        receive("renderer", Map.of());
        inbox.bindEvents(sink);
        CallbackReceipt receipt = receive("renderer", Map.of());
        inbox.remove(receipt.id()).toCompletableFuture().join();
        inbox.unbindEvents(sink);
        receive("renderer", Map.of());
        assertEquals(
                List.of(
                        new CallbackEvent(
                                clock.instant(),
                                CallbackEvent.Change.RECEIVED,
                                receipt.id(),
                                "order-7",
                                "renderer",
                                "done",
                                null),
                        new CallbackEvent(
                                clock.instant(), CallbackEvent.Change.REMOVED, receipt.id(), null, null, null, null)),
                events);
    }

    @Test
    void whatIsNotThereIsSaidAndTellsNobody() {
        inbox.bindEvents(sink);
        CallbackReceipt receipt = receive("renderer", Map.of());
        inbox.remove(receipt.id()).toCompletableFuture().join();
        var gone = assertThrows(ProblemException.class, () -> inbox.get(receipt.id()));
        assertEquals(ProblemCode.NOT_IN_INBOX, gone.code());
        assertThrows(
                CompletionException.class,
                () -> inbox.remove(receipt.id()).toCompletableFuture().join());
        assertEquals(2, events.size());
    }

    @Test
    void aPayloadOrATextThatIsTooLongIsRefusedWithItsName() {
        var large = assertThrows(
                IllegalArgumentException.class, () -> new NewCallback(null, null, null, "x".repeat(1 << 20), null));
        assertEquals(true, String.valueOf(large.getMessage()).startsWith("payload has "));
        var longText = assertThrows(
                IllegalArgumentException.class, () -> new NewCallback(null, "x".repeat(201), null, Map.of(), null));
        assertEquals(true, String.valueOf(longText.getMessage()).startsWith("source has 201 characters"));
    }
}
