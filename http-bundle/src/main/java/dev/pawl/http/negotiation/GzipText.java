package dev.pawl.http.negotiation;

import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.memory.Share;
import dev.pawl.http.memory.SharedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Compresses the texts of answers for clients that accept it. Short ones stay as they are, since compressing them
 * would cost more than it saves, and so do those that are compressed already. */
public final class GzipText {

    /** The length in bytes from which on a text is compressed. */
    static final int SHORTEST = 1 << 10;

    private static final int PIECE = 8 << 10;

    private GzipText() {}

    /**
     * The pieces to send: compressed ones, whose headers it sets, or the given ones.
     *
     * @param request the headers of the request
     * @param answer the headers of the answer
     * @param share the client's share of the memory, of which the compressed text takes its part
     */
    public static List<ByteBuffer> of(
            List<ByteBuffer> text, long length, HttpFields request, HttpFields.Mutable answer, Share share)
            throws IOException {
        if (length < SHORTEST || answer.contains(HttpHeader.CONTENT_ENCODING)) {
            return text;
        }
        answer.put(HttpHeader.VARY, "Accept-Encoding, Origin");
        String accepted = request.get(HttpHeader.ACCEPT_ENCODING);
        if (accepted == null || !Acceptance.of(accepted).prefersGzip()) {
            return text;
        }
        var compressed = new SharedOutput(share);
        try (var gzip = new FastGzip(compressed)) {
            byte[] piece = new byte[PIECE];
            for (ByteBuffer part : text) {
                ByteBuffer left = part.duplicate();
                while (left.hasRemaining()) {
                    int size = Math.min(piece.length, left.remaining());
                    left.get(piece, 0, size);
                    gzip.write(piece, 0, size);
                }
            }
        }
        answer.put(HttpHeader.CONTENT_ENCODING, "gzip");
        String tag = answer.get(HttpHeader.ETAG);
        if (tag != null) {
            answer.put(HttpHeader.ETAG, EntityTag.compressed(tag));
        }
        return compressed.pieces();
    }

    /** The fastest level: more would cost several times the time for a tenth of the size. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(SharedOutput out) throws IOException {
            super(out, PIECE);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
