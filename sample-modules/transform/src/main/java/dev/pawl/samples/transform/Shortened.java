package dev.pawl.samples.transform;

/** A text for a message, cut when it is long. */
final class Shortened {

    private static final int MOST = 120;

    private Shortened() {}

    /** The text in one line, in quotes. */
    static String of(String text) {
        return '"' + cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), MOST) + '"';
    }

    /** The text, or its beginning and an ellipsis. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + '…';
    }
}
