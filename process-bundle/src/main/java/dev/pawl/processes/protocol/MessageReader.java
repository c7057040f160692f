package dev.pawl.processes.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines and reads each as a message, in memory that is bounded whatever comes. A carriage return before the line's end, a
 * byte order mark at the beginning and empty lines are passed over. For one thread.
 */
public final class MessageReader {

    /** The most bytes of a line. */
    public static final int LONGEST_LINE = 8 << 20;

    private static final int CHUNK = 64 << 10;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final MessageParser parser;
    private final int longest;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int scanned;
    private int end;
    private long dropped;
    private boolean first = true;
    private int lastBytes;

    /** A reader of lines of at most {@link #LONGEST_LINE} bytes. */
    public MessageReader(InputStream in, MessageParser parser) {
        this(in, parser, LONGEST_LINE);
    }

    MessageReader(InputStream in, MessageParser parser, int longest) {
        this.in = in;
        this.parser = parser;
        this.longest = longest;
    }

    /** The next message; waits for it. Null at the end of the stream. */
    public @Nullable Message next() throws IOException {
        while (true) {
            Message message = takeLine();
            if (message != null) {
                return message;
            }
            if (!fill()) {
                return rest();
            }
        }
    }

    /** Whether the next message is there already. */
    public boolean hasMore() {
        for (int i = scanned; i < end; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** The length of the line that was read last, in bytes. */
    public int lastBytes() {
        return lastBytes;
    }

    private @Nullable Message takeLine() {
        while (scanned < end) {
            if (buffer[scanned++] == '\n') {
                int from = start;
                int length = scanned - 1 - from;
                start = scanned;
                Message message = line(from, length);
                if (message != null) {
                    return message;
                }
            }
        }
        return null;
    }

    /** The message of a line; null for an empty one. */
    private @Nullable Message line(int lineStart, int lineLength) {
        if (dropped > 0) {
            long bytes = dropped + lineLength;
            dropped = 0;
            lastBytes = 0;
            return new Message.TooLong(bytes);
        }
        int from = lineStart;
        int length = lineLength;
        if (first && length >= MARK.length && Arrays.equals(buffer, from, from + MARK.length, MARK, 0, MARK.length)) {
            from += MARK.length;
            length -= MARK.length;
        }
        first = false;
        if (length > 0 && buffer[from + length - 1] == '\r') {
            length--;
        }
        if (isBlank(from, length)) {
            return null;
        }
        lastBytes = length;
        return parser.parse(buffer, from, length);
    }

    private boolean isBlank(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private @Nullable Message rest() {
        long bytes = dropped + end - start;
        if (bytes > 0 && dropped == 0 && parser.takesHalfLines()) {
            int from = start;
            start = end;
            scanned = end;
            return line(from, end - from);
        }
        start = end;
        scanned = end;
        dropped = 0;
        return bytes == 0 ? null : new Message.Half(bytes);
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end > longest || dropped > 0) {
            dropped += end;
            end = 0;
        }
        scanned = end;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, longest + CHUNK));
        } else if (end == 0 && buffer.length > CHUNK) {
            buffer = new byte[CHUNK]; // a long line was an exception
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }
}
