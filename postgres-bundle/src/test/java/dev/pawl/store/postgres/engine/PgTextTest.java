package dev.pawl.store.postgres.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PgTextTest {

    private static String there(String text) {
        return Objects.requireNonNull(PgText.kept(text));
    }

    @Test
    void usualTextsAreKeptAsTheyAre() {
        for (String text : List.of("", "a", "Grüße 世界", "\uD83D\uDE00 and more")) {
            assertSame(text, PgText.kept(text));
            assertSame(text, PgText.read(text));
        }
        assertNull(PgText.kept(null));
        assertNull(PgText.read(null));
    }

    @Test
    void whatPostgresqlRefusesComesBack() {
        for (String text : List.of(
                "\u0000",
                "a\u0000b\u0000",
                "\uD83D",
                "\uDE00x",
                "x\uD83Dx\uDE00",
                "\uD83D\uD83D\uDE00",
                "\uFFFF",
                "\uFFFF0000",
                "\uFFFF\u0000\uFFFFffff")) {
            String kept = there(text);
            assertEquals(text, PgText.read(kept));
            assertEquals(-1, kept.indexOf('\u0000'));
            for (int i = 0; i < kept.length(); i++) {
                boolean alone = Character.isHighSurrogate(kept.charAt(i))
                        && (i + 1 == kept.length() || !Character.isLowSurrogate(kept.charAt(i + 1)));
                assertFalse(alone, "a high surrogate stands alone");
                boolean second = Character.isLowSurrogate(kept.charAt(i))
                        && (i == 0 || !Character.isHighSurrogate(kept.charAt(i - 1)));
                assertFalse(second, "a low surrogate stands alone");
            }
        }
    }
}
