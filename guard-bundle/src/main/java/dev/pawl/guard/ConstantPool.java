package dev.pawl.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The constant pool of a class file (Java Virtual Machine Specification, 4.4), read in place. Changes are made to the given bytes; new
 * constants are collected and appended to the existing ones.
 */
final class ConstantPool {

    /** The offset of the constants: after the magic number, the versions and the count. */
    static final int START = 10;

    private static final int COUNT_AT = 8;
    private static final int MOST = 0xFFFF;

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int INVOKE_VIRTUAL_HANDLE = 5;
    private static final int INVOKE_STATIC_HANDLE = 6;

    private final byte[] bytes;
    private final int[] at;
    private final int end;
    private final List<byte[]> added = new ArrayList<>();

    /** @throws IllegalArgumentException when there is a constant of an unknown kind */
    ConstantPool(byte[] bytes) {
        this.bytes = bytes;
        at = new int[Bytes.u2(bytes, COUNT_AT)];
        int position = START;
        for (int i = 1; i < at.length; i++) {
            at[i] = position;
            int tag = bytes[position];
            position += length(position);
            if (tag == 5 || tag == 6) { // a long or double takes two places
                i++;
            }
        }
        end = position;
    }

    /** The offset of the end of the constants. */
    int end() {
        return end;
    }

    /** The indexes of the references to methods of a class with a name and descriptor. */
    List<Integer> methods(String owner, String name, String descriptor) {
        List<Integer> found = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            if (at[i] != 0 && bytes[at[i]] == METHOD) {
                int type = at[Bytes.u2(bytes, at[i] + 1)];
                int nameAndType = at[Bytes.u2(bytes, at[i] + 3)];
                boolean same = isText(Bytes.u2(bytes, nameAndType + 1), name)
                        && isText(Bytes.u2(bytes, nameAndType + 3), descriptor)
                        && isText(Bytes.u2(bytes, type + 1), owner);
                if (same) {
                    found.add(i);
                }
            }
        }
        return found;
    }

    /** Whether the constant at an index is this text. */
    boolean isText(int place, String text) {
        int position = at[place];
        int length = text.length(); // only ASCII is looked for
        if (bytes[position] != UTF8 || Bytes.u2(bytes, position + 1) != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[position + 3 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Changes the class of a method reference. */
    void moveTo(int method, int owner) {
        Bytes.setU2(bytes, at[method] + 1, owner);
    }

    /** Changes a method reference, including its method handles, to a static method with another name and descriptor. */
    void makeStatic(int method, int nameAndType) {
        Bytes.setU2(bytes, at[method] + 3, nameAndType);
        for (int i = 1; i < at.length; i++) {
            boolean handle = at[i] != 0
                    && bytes[at[i]] == METHOD_HANDLE
                    && bytes[at[i] + 1] == INVOKE_VIRTUAL_HANDLE
                    && Bytes.u2(bytes, at[i] + 2) == method;
            if (handle) {
                bytes[at[i] + 1] = INVOKE_STATIC_HANDLE;
            }
        }
    }

    int addClass(String name) {
        int text = addText(name);
        return add(new byte[] {CLASS, (byte) (text >> 8), (byte) text});
    }

    int addNameAndType(String name, String descriptor) {
        int first = addText(name);
        int second = addText(descriptor);
        return add(new byte[] {NAME_AND_TYPE, (byte) (first >> 8), (byte) first, (byte) (second >> 8), (byte) second});
    }

    /** The class file with the added constants. */
    byte[] toBytes() {
        int more = added.stream().mapToInt(constant -> constant.length).sum();
        byte[] whole = new byte[bytes.length + more];
        System.arraycopy(bytes, 0, whole, 0, end);
        int position = end;
        for (byte[] constant : added) {
            System.arraycopy(constant, 0, whole, position, constant.length);
            position += constant.length;
        }
        System.arraycopy(bytes, end, whole, position, bytes.length - end);
        Bytes.setU2(whole, COUNT_AT, at.length + added.size());
        return whole;
    }

    private int addText(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] constant = new byte[3 + ascii.length];
        constant[0] = UTF8;
        Bytes.setU2(constant, 1, ascii.length);
        System.arraycopy(ascii, 0, constant, 3, ascii.length);
        return add(constant);
    }

    private int add(byte[] constant) {
        int place = at.length + added.size();
        if (place >= MOST) {
            throw new IllegalArgumentException("The constant pool of the class is full.");
        }
        added.add(constant);
        return place;
    }

    private int length(int position) {
        return switch (bytes[position]) {
            case UTF8 -> 3 + Bytes.u2(bytes, position + 1);
            case CLASS, 8, 16, 19, 20 -> 3; // class, string, method type, module, package
            case METHOD_HANDLE -> 4;
            case 3, 4, 9, METHOD, 11, NAME_AND_TYPE, 17, 18 -> 5; // int, float, members, dynamic ones
            case 5, 6 -> 9; // long, double
            default ->
                throw new IllegalArgumentException(
                        "Constant " + bytes[position] + " at byte " + position + " is of an unknown kind.");
        };
    }
}
