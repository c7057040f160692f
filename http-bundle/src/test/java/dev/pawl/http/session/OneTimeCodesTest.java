package dev.pawl.http.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OneTimeCodesTest {

    private static final int AT_ONCE = 8;

    private final AtomicLong now = new AtomicLong();
    private final Sessions sessions = new Sessions(now::get);
    private final OneTimeCodes codes = new OneTimeCodes(now::get);

    @Test
    void aCodeIsGoodOnce() {
        SessionBasis basis = basis("ci");
        String code = codes.make(basis);
        assertEquals(Optional.of(basis), codes.spend(code));
        assertTrue(codes.spend(code).isEmpty());
        assertTrue(codes.spend("another").isEmpty());
    }

    @Test
    void aCodeIsGoodForAMinute() {
        String early = codes.make(basis("ci"));
        String late = codes.make(basis("ci"));
        now.addAndGet(OneTimeCodes.VALID.minusNanos(1).toNanos());
        assertTrue(codes.spend(early).isPresent());
        now.incrementAndGet();
        assertTrue(codes.spend(late).isEmpty());
    }

    @Test
    void ofSeveralWhoSpendACodeAtTheSameMomentOneWins() {
        for (int round = 0; round < 200; round++) {
            String code = codes.make(basis("ci"));
            var begin = new CountDownLatch(1);
            List<CompletableFuture<Optional<SessionBasis>>> tries = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                tries.add(CompletableFuture.supplyAsync(() -> {
                    await(begin);
                    return codes.spend(code);
                }));
            }
            begin.countDown();
            assertEquals(
                    1,
                    tries.stream()
                            .map(CompletableFuture::join)
                            .filter(Optional::isPresent)
                            .count());
        }
    }

    @Test
    void ofTooManyCodesOfOneIdentityTheOldestEnds() {
        String other = codes.make(basis("other"));
        List<String> made = new ArrayList<>();
        for (int i = 0; i <= OneTimeCodes.MOST_OF_ONE; i++) {
            made.add(codes.make(basis("ci")));
            now.addAndGet(Duration.ofMillis(1).toNanos());
        }
        assertTrue(codes.spend(made.get(0)).isEmpty());
        assertTrue(codes.spend(made.get(1)).isPresent());
        assertTrue(codes.spend(other).isPresent());
    }

    private SessionBasis basis(String id) {
        return sessions.basis(SessionsTest.token(id));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
