package dev.pawl.http.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100_000);

    @Test
    void whatAllHoldTogetherIsBounded() {
        Share first = budget.share();
        Share second = budget.share();
        first.grow(60_000);
        assertTrue(second.tryGrow(40_000));
        ProblemException refused = assertThrows(ProblemException.class, () -> second.grow(1));
        assertEquals(ProblemCode.OVERLOADED, refused.code());
        assertEquals(100_000, budget.held());
        first.close();
        first.close();
        assertFalse(first.tryGrow(1), "a closed share takes nothing");
        assertTrue(second.tryGrow(60_000));
        second.shrink(50_000);
        assertEquals(50_000, budget.held());
        second.close();
        assertEquals(0, budget.held());
    }

    @Test
    void clientsOfOneKindLeaveAQuarterToThoseOfOthers() {
        MemoryBudget some = budget.ofAKind();
        MemoryBudget others = budget.ofAKind();
        Share greedy = some.share();
        assertFalse(greedy.tryGrow(75_001));
        assertTrue(greedy.tryGrow(75_000));
        Share modest = others.share();
        assertFalse(modest.tryGrow(25_001), "all shares together hold no more than the whole");
        assertTrue(modest.tryGrow(25_000));
        assertEquals(100_000, budget.held());
        greedy.close();
        assertTrue(modest.tryGrow(50_000));
        modest.close();
        assertEquals(0, budget.held() + some.held() + others.held());
    }

    @Test
    void smallAnswersAreThereWhenAllIsTaken() {
        budget.share().grow(100_000);
        var out = new SharedOutput(budget.share());
        out.write(new byte[30_000], 0, 30_000);
        assertThrows(ProblemException.class, () -> out.write(new byte[100_000], 0, 100_000));
    }

    @Test
    void whatIsWrittenInAnyPiecesComesBackWhole() {
        Share share = new MemoryBudget(1 << 20).share();
        var out = new SharedOutput(share);
        byte[] all = new byte[300_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31);
        }
        out.write(all[0]);
        for (int at = 1; at < all.length; at += 7_001) {
            out.write(all, at, Math.min(7_001, all.length - at));
        }
        assertEquals(all.length, out.size());
        assertArrayEquals(all, out.toByteArray());
        assertEquals(
                all.length,
                out.pieces().stream().mapToInt(piece -> piece.remaining()).sum());
    }

    @Test
    void aBufferForAKnownNumberOfBytesHoldsAnyNumberOfThem() {
        for (int expected : List.of(-1, 0, 3, 1_024, 5_000)) {
            for (int size : List.of(0, 3, 1_024, 5_000, 100_000)) {
                byte[] bytes = new byte[size];
                new Random(size).nextBytes(bytes);
                var out = new SharedOutput(new MemoryBudget(1 << 20).share(), expected);
                out.write(bytes, 0, size / 2);
                out.write(bytes, size / 2, size - size / 2);
                assertEquals(
                        size,
                        out.pieces().stream().mapToInt(ByteBuffer::remaining).sum());
                assertArrayEquals(bytes, out.toByteArray(), () -> expected + " expected, " + size + " come");
            }
        }
    }
}
