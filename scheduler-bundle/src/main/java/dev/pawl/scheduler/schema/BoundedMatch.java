package dev.pawl.scheduler.schema;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Searches for a pattern in a text, with a bound on the work: a pattern such as {@code (a+)+$} takes time that doubles with each
 * character of a text that does not match.
 */
final class BoundedMatch {

    /** Number of times that the search may read a character: tens of milliseconds. */
    private static final int MOST_LOOKS = 5_000_000;

    private BoundedMatch() {}

    /**
     * Whether the pattern is found in the text.
     *
     * @param path names the text in the error
     * @throws InvalidValueException when that cannot be decided with a bounded amount of work
     */
    static boolean find(String path, String pattern, String text) {
        try {
            return Pattern.compile(pattern)
                    .matcher(new Counted(text, new AtomicInteger()))
                    .find();
        } catch (TooMuchWork | StackOverflowError e) { // the search goes down once for each repetition of a group
            throw new InvalidValueException(
                    path + " has " + text.length() + " characters, which take too long to be held"
                            + " against the pattern " + pattern + "; give a shorter text.");
        }
    }

    /** Parts of the text count together. */
    private record Counted(CharSequence text, AtomicInteger looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (looks.incrementAndGet() > MOST_LOOKS) {
                throw new TooMuchWork();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooMuchWork extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchWork() {
            super(null, null, false, false);
        }
    }
}
