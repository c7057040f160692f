package dev.pawl.http.file;

import java.nio.charset.StandardCharsets;

/** The header {@code Content-Disposition} with which a client saves a file instead of showing it (RFC 6266). */
public final class AttachmentName {

    private static final String UNESCAPED = "!#$&+-.^_`|~"; // attr-char of RFC 8187, but for letters and digits

    private AttachmentName() {}

    /** The header for a file with this path, of which the last part is its name. */
    public static String header(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + escaped(name);
    }

    /** The name for clients that know no other form, without anything that has a meaning in the header or in paths. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .forEach(c -> plain.append(isLetterOrDigit(c) || " -_.,+()[]".indexOf(c) >= 0 ? (char) c : '_'));
        return plain.toString();
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            if (isLetterOrDigit(each) || UNESCAPED.indexOf(each) >= 0) {
                escaped.append((char) each);
            } else {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit((each >> 4) & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(each & 0xf, 16)));
            }
        }
        return escaped.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
