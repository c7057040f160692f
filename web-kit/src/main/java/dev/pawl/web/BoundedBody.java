package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the content of an answer, decoded, and no more of it than allowed: of the bytes that arrive, and of those that they become. */
final class BoundedBody {

    private static final int BUFFER = 16 * 1024;

    private BoundedBody() {}

    /**
     * Reads the content.
     *
     * @param encoding the value of Content-Encoding; null when there is none
     * @throws RefusedCallException when it is longer than allowed, or its encoding is unknown or broken
     */
    static Content read(InputStream arriving, @Nullable String encoding, int maxBytes) throws IOException {
        InputStream counted = new Counted(arriving, maxBytes);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream decoded = decoded(counted, encoding);
            for (int length = decoded.read(buffer); length >= 0; length = decoded.read(buffer)) {
                if (body.size() + (long) length > maxBytes) {
                    throw tooLong(maxBytes);
                }
                body.write(buffer, 0, length);
            }
        } catch (ZipException broken) {
            throw new RefusedCallException(
                    Reason.ANSWER, "The answer's " + encoding + " encoding is broken: " + broken.getMessage() + ".");
        }
        return Content.of(body.toByteArray());
    }

    /** The beginning of the content as it arrives, until its end, its limit or its failure; tells whether the end was reached. */
    static Beginning beginning(InputStream arriving, int maxBytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try {
            while (body.size() < maxBytes) {
                int length = arriving.read(buffer, 0, Math.min(buffer.length, maxBytes - body.size()));
                if (length < 0) {
                    return new Beginning(Content.of(body.toByteArray()), true);
                }
                body.write(buffer, 0, length);
            }
        } catch (IOException brokenOff) {
            return new Beginning(Content.of(body.toByteArray()), false);
        }
        return new Beginning(Content.of(body.toByteArray()), false);
    }

    /**
     * The beginning of a content.
     *
     * @param content what arrived
     * @param isWhole whether that is all of it
     */
    record Beginning(Content content, boolean isWhole) {}

    private static InputStream decoded(InputStream in, @Nullable String encoding) throws IOException {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> in;
            case "gzip", "x-gzip" -> new GZIPInputStream(in, BUFFER);
            case "deflate" -> new InflaterInputStream(in);
            default ->
                throw new RefusedCallException(
                        Reason.ANSWER,
                        "The answer has the encoding " + encoding + ", which was not asked for and is not understood.");
        };
    }

    private static RefusedCallException tooLong(int maxBytes) {
        return new RefusedCallException(
                Reason.ANSWER,
                String.format(Locale.ROOT, "The answer has more than %,d bytes, which is its limit.", maxBytes));
    }

    private static final class Counted extends FilterInputStream {

        private final int maxBytes;
        private long count;

        Counted(InputStream in, int maxBytes) {
            super(in);
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int more) throws IOException {
            count += more;
            if (count > maxBytes) {
                throw tooLong(maxBytes);
            }
        }
    }
}
