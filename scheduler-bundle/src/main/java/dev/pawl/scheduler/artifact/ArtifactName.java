package dev.pawl.scheduler.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The names of artifacts: the path of a file below a folder as text, with {@code /} between folders. It is read from the name's bytes, as
 * UTF-8 whatever the server's locale; a byte that is not UTF-8 becomes a percent sign with two hexadecimal digits.
 */
final class ArtifactName {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_ASCII = 0x7e;
    private static final int HEX = 16;

    private ArtifactName() {}

    /** The name of a file in the folder. */
    static String of(Path folder, Path file) {
        Path relative = folder.relativize(file);
        StringJoiner name = new StringJoiner("/");
        relative.forEach(segment -> name.add(segment.toString()));
        return isPlain(name.toString()) ? name.toString() : ofBytes(file, relative.getNameCount());
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c >= FIRST_PRINTABLE && c <= LAST_ASCII);
    }

    /** The last segments of a path, from its address, which has the bytes of the names. */
    private static String ofBytes(Path file, int segments) {
        String[] all = file.toUri().getRawPath().split("/", -1);
        StringJoiner name = new StringJoiner("/");
        for (int i = all.length - segments; i < all.length; i++) {
            name.add(text(bytes(all[i])));
        }
        return name.toString();
    }

    private static byte[] bytes(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), HEX));
                i += 2;
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    static String text(byte[] name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer out = CharBuffer.allocate(3 * name.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put(String.format(Locale.ROOT, "%%%02X", in.get()));
            }
        }
    }
}
