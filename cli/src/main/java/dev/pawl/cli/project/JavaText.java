package dev.pawl.cli.project;

/** Literals of Java. */
final class JavaText {

    private JavaText() {}

    /** A text as a literal. */
    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> literal.append('\\').append(c);
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c < ' ' ? "\\" + Integer.toOctalString(c) : String.valueOf(c));
            }
        }
        return literal.append('"').toString();
    }
}
