package dev.pawl.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines. A line feed, a carriage return or both end a line, since programs redraw their progress by the latter. */
final class LineReader {

    /** The length at which a line is cut, in characters. */
    static final int MOST_CHARACTERS = 64 * 1024;

    private static final int BUFFER = 8 * 1024;

    private final Reader in;
    private final char[] buffer = new char[BUFFER];
    private final StringBuilder line = new StringBuilder();
    private int next;
    private int end;
    private boolean afterReturn;

    /** Reads UTF-8; bytes that are none become replacement characters. */
    LineReader(InputStream in) {
        this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** The next line; null at the end of the stream. */
    @Nullable
    String read() throws IOException {
        line.setLength(0);
        boolean some = false;
        while (next < end || fill()) {
            char c = buffer[next++];
            boolean secondHalf = afterReturn && c == '\n';
            afterReturn = c == '\r';
            if (secondHalf) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return line.toString();
            }
            some = true;
            if (line.length() < MOST_CHARACTERS) {
                line.append(c);
            }
        }
        return some ? line.toString() : null;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
