package dev.pawl.web;

import java.nio.charset.Charset;

/** The bytes of a request or of an answer. Not modifiable. */
public final class Content {

    /** No bytes. */
    public static final Content NONE = new Content(new byte[0]);

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of bytes. */
    public static Content of(byte[] bytes) {
        return new Content(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes as text. */
    public String text(Charset charset) {
        return new String(bytes, charset);
    }
}
