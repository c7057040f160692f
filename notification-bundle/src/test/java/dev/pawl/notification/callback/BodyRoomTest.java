package dev.pawl.notification.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.notification.callback.BodyRoom.Held;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BodyRoomTest {

    private static final int MIB = 1 << 20;

    private final BodyRoom room = new BodyRoom();
    private final AtomicBoolean unwanted = new AtomicBoolean();

    private Optional<Held> make(int bytes) {
        return room.make(() -> Optional.of(new byte[bytes]), unwanted::get);
    }

    @Test
    void aBodyWaitsUntilThoseBeforeItLeaveRoom() throws Exception {
        Held first = make(3 * MIB).orElseThrow();
        Held second = make(3 * MIB).orElseThrow();
        CompletableFuture<Optional<Held>> third = CompletableFuture.supplyAsync(() -> make(3 * MIB));
        assertThrows(TimeoutException.class, () -> third.get(300, TimeUnit.MILLISECONDS));
        first.close();
        Held held = third.get(20, TimeUnit.SECONDS).orElseThrow();
        assertEquals(3 * MIB, held.body().length);
        held.close();
        second.close();
    }

    @Test
    void oneThatIsLargerThanTheRoomHasAllOfIt() throws Exception {
        Held large = make(20 * MIB).orElseThrow();
        CompletableFuture<Optional<Held>> small = CompletableFuture.supplyAsync(() -> make(1));
        assertThrows(TimeoutException.class, () -> small.get(300, TimeUnit.MILLISECONDS));
        large.close();
        assertTrue(small.get(20, TimeUnit.SECONDS).isPresent());
    }

    @Test
    void oneThatIsNotWantedAnyMoreStopsWaitingAndHoldsUpNobody() throws Exception {
        Held large = make(20 * MIB).orElseThrow();
        CompletableFuture<Optional<Held>> other = CompletableFuture.supplyAsync(() -> make(1));
        unwanted.set(true);
        assertFalse(other.get(20, TimeUnit.SECONDS).isPresent());
        large.close();
        assertTrue(make(1).isPresent());
    }

    @Test
    void nothingAndFailuresTakeNoRoom() {
        for (int n = 0; n < 3; n++) {
            assertFalse(room.make(Optional::empty, () -> false).isPresent());
            assertThrows(
                    IllegalStateException.class,
                    () -> room.make(
                            () -> {
                                throw new IllegalStateException("made up");
                            },
                            () -> false));
        }
        assertTrue(make(8 * MIB - 1_024).isPresent());
    }
}
