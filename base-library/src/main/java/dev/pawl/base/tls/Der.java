package dev.pawl.base.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes values in the Distinguished Encoding Rules of ASN.1 (X.690). */
public final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int NULL = 0x05;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    private Der() {}

    public static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return value(SET, joined(parts));
    }

    public static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    public static byte[] octetString(byte[] bytes) {
        return value(OCTET_STRING, bytes);
    }

    public static byte[] nothing() {
        return value(NULL);
    }

    static byte[] yes() {
        return value(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] utf8(String text) {
        return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A time with four digits of the year, such as {@code 20261231235959Z}. */
    static byte[] time(String text) {
        return value(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A time with two digits of the year, such as {@code 261231235959Z}. */
    static byte[] shortTime(String text) {
        return value(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * A string of bits.
     *
     * @param unused the number of bits at the end that do not count
     */
    static byte[] bitString(int unused, byte[] bits) {
        return value(BIT_STRING, joined(new byte[] {(byte) unused}, bits));
    }

    /**
     * An object identifier.
     *
     * @param dotted such as {@code 2.5.29.17}
     */
    public static byte[] oid(String dotted) {
        String[] parts = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(40 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            base128(out, Integer.parseInt(parts[i]));
        }
        return value(OBJECT_IDENTIFIER, out.toByteArray());
    }

    /** A value with a tag of its context, around other values. */
    static byte[] explicit(int tag, byte[]... parts) {
        return value(CONTEXT | CONSTRUCTED | tag, joined(parts));
    }

    /** A value with a tag of its context instead of its own. */
    static byte[] implicit(int tag, byte[] content) {
        return value(CONTEXT | tag, content);
    }

    private static void base128(ByteArrayOutputStream out, int number) {
        int shift = 28;
        while (shift > 0 && number >>> shift == 0) {
            shift -= 7;
        }
        for (; shift > 0; shift -= 7) {
            out.write(0x80 | ((number >>> shift) & 0x7f));
        }
        out.write(number & 0x7f);
    }

    private static byte[] value(int tag, byte... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - from));
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
