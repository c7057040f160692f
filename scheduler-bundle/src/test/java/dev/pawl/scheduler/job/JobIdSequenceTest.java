package dev.pawl.scheduler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobIdSequenceTest {

    private static final int DIGITS = 8;

    private final JobIdSequence ids = new JobIdSequence(65_000, 60_000); // the blocks begin anew after a while

    private static String beginning(UUID id) {
        return id.toString().substring(0, DIGITS);
    }

    @Test
    void theFirstDigitsOfManyIdsDiffer() {
        Set<String> beginnings = new HashSet<>();
        for (int n = 0; n < 200_000; n++) {
            assertTrue(beginnings.add(beginning(ids.next())));
        }
    }

    @Test
    void theFirstDigitsStillDifferWhenTheBlocksBeginAnew() {
        Set<String> beginnings = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            JobIdSequence sequence = new JobIdSequence(round * 65_536L + 41, 7);
            for (int n = 0; n < 128; n++) {
                UUID id = sequence.next();
                assertEquals(41, id.getMostSignificantBits() >>> 48);
                assertTrue(beginnings.add(beginning(id)));
            }
        }
        assertEquals(3 * 128, beginnings.size());
    }

    @Test
    void successiveIdsStandInTheSameBlockAndDoNotLookAlike() {
        UUID first = ids.next();
        UUID second = ids.next();
        assertEquals(first.getMostSignificantBits() >>> 48, second.getMostSignificantBits() >>> 48);
        assertTrue(
                Math.abs((first.getMostSignificantBits() >>> 32) - (second.getMostSignificantBits() >>> 32)) > 1_000);
    }

    @Test
    void anIdIsAUuidOfVersion8() {
        Stream.generate(ids::next).limit(1_000).forEach(id -> {
            assertEquals(8, id.version());
            assertEquals(2, id.variant());
        });
    }

    @Test
    void idsOfOneProcessShareTheirSecondHalfAndThoseOfTwoDoNot() {
        long half = ids.next().getLeastSignificantBits();
        assertEquals(half, ids.next().getLeastSignificantBits());
        assertNotEquals(half, new JobIdSequence(65_000, 60_000).next().getLeastSignificantBits());
    }
}
