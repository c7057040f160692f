package dev.pawl.service.audit;

/** A JSON object on one line, always written the same way, since its hash must not depend on a library's choices. */
final class JsonLine {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text;

    JsonLine(int capacity) {
        text = new StringBuilder(capacity).append('{');
    }

    void number(String name, long value) {
        name(name);
        text.append(value);
    }

    /** Adds a text; characters are written as they are, except quotes, backslashes and control characters. */
    void text(String name, String value) {
        name(name);
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append('"').append(name).append("\":");
    }

    String end() {
        return text.append('}').toString();
    }
}
