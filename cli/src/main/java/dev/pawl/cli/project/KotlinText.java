package dev.pawl.cli.project;

/** Literals of Kotlin. */
final class KotlinText {

    private KotlinText() {}

    /** A text as a literal, in which a dollar begins no template. */
    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\', '$' -> literal.append('\\').append(c);
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                default ->
                    literal.append(
                            c < ' ' ? "\\u00" + (c < 16 ? "0" : "") + Integer.toHexString(c) : String.valueOf(c));
            }
        }
        return literal.append('"').toString();
    }
}
