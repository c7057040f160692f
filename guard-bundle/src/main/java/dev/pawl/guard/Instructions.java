package dev.pawl.guard;

/** The lengths of the JVM's instructions (Java Virtual Machine Specification, 6.5). */
final class Instructions {

    static final int INVOKE_VIRTUAL = 0xB6;
    static final int INVOKE_STATIC = 0xB8;

    private static final int INCREMENT = 0x84;
    private static final int TABLE_SWITCH = 0xAA;
    private static final int LOOKUP_SWITCH = 0xAB;
    private static final int WIDE = 0xC4;
    private static final int LAST = 0xC9;

    private Instructions() {}

    /**
     * The length of an instruction.
     *
     * @param start the offset of the method's code, to which switches are aligned
     * @param at the offset of the instruction
     */
    static int length(byte[] bytes, int start, int at) {
        int code = Bytes.u1(bytes, at);
        return switch (code) {
            case TABLE_SWITCH -> {
                int operands = operands(start, at);
                yield operands - at + 12 + 4 * (Bytes.u4(bytes, operands + 8) - Bytes.u4(bytes, operands + 4) + 1);
            }
            case LOOKUP_SWITCH -> {
                int operands = operands(start, at);
                yield operands - at + 8 + 8 * Bytes.u4(bytes, operands + 4);
            }
            case WIDE -> Bytes.u1(bytes, at + 1) == INCREMENT ? 6 : 4;
            default -> fixed(code);
        };
    }

    private static int operands(int start, int at) {
        return at + 4 - (at - start) % 4;
    }

    private static int fixed(int code) {
        if (code > LAST) {
            throw new IllegalArgumentException("Instruction " + code + " is unknown.");
        }
        boolean two = code == 0x10 // a byte
                || code == 0x12 // a constant of the first 256
                || isIn(code, 0x15, 0x19) // loads
                || isIn(code, 0x36, 0x3A) // stores
                || code == 0xA9 // return from a subroutine
                || code == 0xBC; // an array of a primitive type
        boolean three = code == 0x11 // a short
                || code == 0x13 // constants
                || code == 0x14
                || code == INCREMENT
                || isIn(code, 0x99, 0xA8) // jumps
                || isIn(code, 0xB2, INVOKE_STATIC) // fields and calls
                || code == 0xBB // new
                || code == 0xBD // an array of objects
                || code == 0xC0 // casts
                || code == 0xC1
                || code == 0xC6 // jumps by null
                || code == 0xC7;
        boolean five = code == 0xB9 || code == 0xBA || code >= 0xC8; // calls of interfaces, dynamic calls, far jumps
        return two ? 2 : three ? 3 : five ? 5 : code == 0xC5 ? 4 : 1; // 0xC5: an array of several dimensions
    }

    private static boolean isIn(int code, int first, int last) {
        return code >= first && code <= last;
    }
}
