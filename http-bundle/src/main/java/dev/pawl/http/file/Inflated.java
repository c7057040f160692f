package dev.pawl.http.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/** The contents of a compressed file, for clients that do not take compressed answers. */
public final class Inflated {

    private Inflated() {}

    /** Inflates a file that is part of the product, and so not large. */
    public static ByteBuffer of(ByteBuffer gzip) throws IOException {
        byte[] bytes = new byte[gzip.remaining()];
        gzip.duplicate().get(bytes);
        try (var inflated = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return ByteBuffer.wrap(inflated.readAllBytes());
        }
    }
}
