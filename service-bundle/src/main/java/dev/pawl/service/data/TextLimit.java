package dev.pawl.service.data;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The length limits of stored texts, one for each kind, whether a text comes from a client, a module, a worker or the runtime itself. The
 * records that carry texts to and from the store apply them, so that no path bypasses a limit. A text that was cut ends with a note of how
 * much is missing; no character is split.
 */
public enum TextLimit {
    /** An identifier of a module or a worker, or a unique key. A longer one is refused, since two cut ones might become equal. */
    ID(200),

    /** A name for people: of a host, a version, a thread or a user. */
    NAME(1_000),

    /** The reason why a job waits, or what would let it run. */
    REASON(1_000),

    /** A text in the info of an external worker, when the info as a whole is too large. */
    INFO(1_000),

    /** A sentence about an error or its remedy, in a failure, a problem or the history of a module. */
    MESSAGE(4 * 1024),

    /** The title of a job; a longer one is refused. */
    TITLE(10_000),

    /** A module's description, or the explanation of why it takes no jobs. */
    DESCRIPTION(10_000),

    /** The stack trace of an exception. */
    STACK(16 * 1024),

    /** A line of a job's log. */
    LINE(64 * 1024);

    private static final char REPLACEMENT = '\uFFFD';

    private final int characters;

    TextLimit(int characters) {
        this.characters = characters;
    }

    /** The most characters that are kept, as Java counts them, including the note of what is missing. */
    public int characters() {
        return characters;
    }

    /** Whether a text that must not be cut is within the limit, and not blank. */
    public boolean fits(String text) {
        return !text.isBlank() && text.length() <= characters;
    }

    /** The text, cut to the limit. */
    public String kept(String text) {
        return kept(text, 0);
    }

    /** The text, cut to the limit; null when there is none. */
    public @Nullable String keptOrNull(@Nullable String text) {
        return text == null ? null : kept(text, 0);
    }

    /**
     * A text cut to the limit, of which only the beginning is at hand.
     *
     * @param left how many characters follow the beginning
     */
    public String kept(String beginning, long left) {
        if (left > 0 && !beginning.isEmpty() && Character.isHighSurrogate(beginning.charAt(beginning.length() - 1))) {
            return kept(beginning.substring(0, beginning.length() - 1), left + 1);
        }
        String whole = JsonLimits.hasUnpairedSurrogate(beginning) ? withReplacements(beginning) : beginning;
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

    /** The number of characters to keep of a text of that length: together with the note they fill the limit. */
    private int room(long length) {
        int least = characters - note(length).length();
        int most = characters - note(length - least).length(); // a number with fewer digits
        return most + note(length - most).length() <= characters ? most : least;
    }

    private static String note(long missing) {
        return String.format(Locale.ROOT, "… [%,d more characters were cut]", missing);
    }

    /** An unpaired surrogate could not be encoded as UTF-8. */
    private static String withReplacements(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> whole.appendCodePoint(
                        point <= Character.MAX_VALUE && Character.isSurrogate((char) point) ? REPLACEMENT : point));
        return whole.toString();
    }
}
