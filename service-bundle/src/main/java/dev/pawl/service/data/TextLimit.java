package dev.pawl.service.data;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The limits of texts that are kept, one for each kind, whichever way a text comes in: from clients, modules and workers, or from the
 * runtime itself. The records that carry texts to the store and back hold them to their limits, so that no way in or out is without.
 * A text that is cut says so at its end, and how much is missing; no character is split.
 */
public enum TextLimit {
    /** An identifier: of a module, of a worker, or a unique key. A longer one is refused, since two might become one. */
    ID(200),

    /** The name of something for people: a host, a version, a thread, who did it. */
    NAME(1_000),

    /** Why a job waits, or what would let it go on. */
    REASON(1_000),

    /** A text in the info of an external worker, where the whole is too large. */
    INFO(1_000),

    /** A sentence about an error or its remedy, in a failure, a problem or the history of a module. */
    MESSAGE(4 * 1024),

    /** The title of a job; a longer one is refused. */
    TITLE(10_000),

    /** The words of a module about itself, and what is missing where it takes no jobs. */
    DESCRIPTION(10_000),

    /** The stack of an exception. */
    STACK(16 * 1024),

    /** A line of a job's log. */
    LINE(64 * 1024);

    private static final char REPLACEMENT = '\uFFFD';

    private final int characters;

    TextLimit(int characters) {
        this.characters = characters;
    }

    /** The most characters that are kept, as Java counts them, with the words for what is missing. */
    public int characters() {
        return characters;
    }

    /** Whether a text that must not be cut is within the limit, and not blank. */
    public boolean fits(String text) {
        return !text.isBlank() && text.length() <= characters;
    }

    /** The text as it is kept. */
    public String kept(String text) {
        return kept(text, 0);
    }

    /** The text as it is kept; null when there is none. */
    public @Nullable String keptOrNull(@Nullable String text) {
        return text == null ? null : kept(text, 0);
    }

    /**
     * A text as it is kept of which only the beginning is at hand.
     *
     * @param left how many characters follow the beginning
     */
    public String kept(String beginning, long left) {
        if (left > 0 && !beginning.isEmpty() && Character.isHighSurrogate(beginning.charAt(beginning.length() - 1))) {
            return kept(beginning.substring(0, beginning.length() - 1), left + 1);
        }
        String whole = JsonLimits.hasHalfCharacter(beginning) ? withoutHalves(beginning) : beginning;
        if (left <= 0 && whole.length() <= characters) {
            return whole;
        }
        long length = whole.length() + left;
        int end = Math.min(whole.length(), room(length));
        if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        return whole.substring(0, end) + note(length - end);
    }

    /** How many characters of a text of that length stay: with the note of the others they fill the limit. */
    private int room(long length) {
        int least = characters - note(length).length();
        int most = characters - note(length - least).length(); // which is a shorter number
        return most + note(length - most).length() <= characters ? most : least;
    }

    private static String note(long missing) {
        return String.format(Locale.ROOT, "… [%,d more characters were cut]", missing);
    }

    /** Half of a surrogate pair is no character and could not be written as UTF-8. */
    private static String withoutHalves(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> whole.appendCodePoint(
                        point <= Character.MAX_VALUE && Character.isSurrogate((char) point) ? REPLACEMENT : point));
        return whole.toString();
    }
}
