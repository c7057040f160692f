package dev.pawl.base.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of a PEM file (RFC 7468). */
public final class Pem {

    private static final String LABEL = "[A-Z0-9 ]{1,40}";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN (" + LABEL + ")-----([^-]*+)-----END \\1-----");
    private static final int LINE = 64;

    private final String label;
    private final byte[] der;

    /**
     * Creates a block.
     *
     * @param label what it holds, such as {@code CERTIFICATE}
     */
    public Pem(String label, byte[] der) {
        this.label = label;
        this.der = der.clone();
    }

    public String label() {
        return label;
    }

    /** Its bytes; empty for a block with headers, which is encrypted in the way of old OpenSSL. */
    public byte[] der() {
        return der.clone();
    }

    /**
     * Reads the blocks of a text, and skips what stands between them.
     *
     * @throws IllegalArgumentException when the contents of a block are not Base64
     */
    public static List<Pem> read(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(withoutHeaders(text));
        while (matcher.find()) {
            String base64 = matcher.group(2).replaceAll("\\s", "");
            blocks.add(new Pem(matcher.group(1), Base64.getDecoder().decode(base64)));
        }
        return blocks;
    }

    /** Old OpenSSL encrypts keys with headers in the block, whose values contain dashes: such a block becomes an empty one. */
    private static String withoutHeaders(String text) {
        return text.replaceAll(
                "-----BEGIN (" + LABEL + ")-----\\s*Proc-Type:[\\s\\S]*?-----END \\1-----",
                "-----BEGIN $1----------END $1-----");
    }

    /** The block as text, with a line break at its end. */
    public String text() {
        byte[] end = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, end).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
