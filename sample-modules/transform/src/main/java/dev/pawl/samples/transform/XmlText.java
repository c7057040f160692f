package dev.pawl.samples.transform;

/** Text in XML 1.0: characters with a meaning of their own are escaped, those that no XML can hold are replaced. */
final class XmlText {

    private XmlText() {}

    /** The text for an element or an attribute in double quotes. */
    static String of(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** The production Char of XML 1.0. */
    private static boolean isCharacter(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    /** An element's name for a field: what a name cannot have becomes an underscore. */
    static String name(String field) {
        StringBuilder name = new StringBuilder();
        field.codePoints().forEach(c -> name.appendCodePoint(isNamePart(c) ? c : '_'));
        if (name.length() == 0 || !isNameStart(name.codePointAt(0))) {
            name.insert(0, '_');
        }
        return name.toString();
    }

    private static boolean isNameStart(int c) {
        return c == '_' || Character.isLetter(c);
    }

    private static boolean isNamePart(int c) {
        return c == '-' || c == '.' || isNameStart(c) || (c >= '0' && c <= '9');
    }
}
