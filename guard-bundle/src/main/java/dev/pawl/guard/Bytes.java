package dev.pawl.guard;

/** Reads and writes numbers of a class file: unsigned, big-endian. */
final class Bytes {

    private Bytes() {}

    static int u1(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    static int u2(byte[] bytes, int at) {
        return u1(bytes, at) << 8 | u1(bytes, at + 1);
    }

    static int u4(byte[] bytes, int at) {
        return u2(bytes, at) << 16 | u2(bytes, at + 2);
    }

    static void setU2(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
