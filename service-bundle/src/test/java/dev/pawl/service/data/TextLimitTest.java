package dev.pawl.service.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextLimitTest {

    @ParameterizedTest
    @EnumSource
    void aTextWithinItsLimitIsKeptAsItIs(TextLimit limit) {
        String longest = "ä".repeat(limit.characters());
        assertSame(longest, limit.kept(longest));
        assertSame("", limit.kept(""));
    }

    @ParameterizedTest
    @EnumSource
    void aLongerTextFillsItsLimitAndSaysHowMuchIsMissing(TextLimit limit) {
        for (int length : new int[] {limit.characters() + 1, 3_900_000}) {
            String kept = limit.kept("x".repeat(length));
            int end = kept.indexOf('…');
            String note = String.format("… [%,d more characters were cut]", length - end);
            assertEquals("x".repeat(end) + note, kept);
            assertTrue(kept.length() <= limit.characters(), () -> kept.length() + " characters");
            assertTrue(kept.length() > limit.characters() - 2, () -> kept.length() + " characters");
        }
    }

    @Test
    void aTextThatWasCutIsNotCutAgain() {
        String kept = TextLimit.MESSAGE.kept("x".repeat(10_000));
        assertSame(kept, TextLimit.MESSAGE.kept(kept));
    }

    @Test
    void noCharacterIsSplit() {
        for (int before = 0; before < 4; before++) {
            String kept = TextLimit.NAME.kept("x".repeat(before) + "😀".repeat(1_000));
            assertFalse(JsonLimits.hasUnpairedSurrogate(kept), kept);
            assertFalse(kept.contains("\uFFFD"), kept);
        }
    }

    @Test
    void halfACharacterIsReplacedByTheSignForThat() {
        assertEquals("a\uFFFDb\uFFFD", TextLimit.LINE.kept("a\ud800b\udc00"));
    }

    @Test
    void aBeginningSaysHowMuchFollowsIt() {
        assertEquals("abc… [97 more characters were cut]", TextLimit.LINE.kept("abc", 97));
        assertEquals("abc… [98 more characters were cut]", TextLimit.LINE.kept("abc\ud83d", 97));
        assertEquals("abc", TextLimit.LINE.kept("abc", 0));
    }

    @Test
    void whatOthersAreFoundByFitsOrDoesNot() {
        assertTrue(TextLimit.ID.fits("x".repeat(200)));
        assertFalse(TextLimit.ID.fits("x".repeat(201)));
        assertFalse(TextLimit.ID.fits(" "));
    }
}
