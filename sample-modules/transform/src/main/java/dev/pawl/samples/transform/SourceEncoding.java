package dev.pawl.samples.transform;

import dev.pawl.api.module.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of an input.
 *
 * @param charset the character set
 * @param markBytes the length of the byte order mark with which the input begins
 */
record SourceEncoding(Charset charset, int markBytes) {

    private static final int ENOUGH = 400;
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    /**
     * Looks at the first bytes of a file.
     *
     * @param asked the encoding that the job gives
     */
    static SourceEncoding of(Path file, Format format, Charset asked, Runnable heartbeat)
            throws IOException, RunException {
        byte[] first;
        try (InputStream in = SourceFile.open(file, 0, heartbeat)) {
            first = in.readNBytes(ENOUGH);
        }
        if (begins(first, 0xFE, 0xFF) || begins(first, 0xFF, 0xFE)) {
            throw wide(file);
        }
        int mark = begins(first, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        if (mark > 0) {
            return new SourceEncoding(StandardCharsets.UTF_8, mark);
        }
        Matcher declared = DECLARED.matcher(new String(first, StandardCharsets.ISO_8859_1));
        if (format != Format.XML || !declared.find()) {
            return new SourceEncoding(asked, 0);
        }
        Charset charset = named(declared.group(1));
        if (charset == null) {
            throw wide(file);
        }
        return new SourceEncoding(charset, 0);
    }

    /** The place in the source from which a run reads on. */
    long begin(Position from) {
        return Math.max(from.offset(), markBytes);
    }

    private static RunException wide(Path file) {
        return new RunException(
                "The source " + file
                        + " is in an encoding with more than one byte for ASCII characters, or an unknown one; convert it to UTF-8 first, for example with iconv.");
    }

    /** The character set of that name, or null when there is none in which ASCII characters are single bytes of the same value. */
    static @Nullable Charset named(String name) {
        try {
            Charset charset = Charset.forName(name);
            boolean known = charset.equals(StandardCharsets.UTF_8)
                    || charset.equals(StandardCharsets.US_ASCII)
                    || charset.name().startsWith("ISO-8859-")
                    || charset.name().startsWith("windows-125")
                    || charset.name().startsWith("KOI8-");
            return known ? charset : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean begins(byte[] bytes, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
