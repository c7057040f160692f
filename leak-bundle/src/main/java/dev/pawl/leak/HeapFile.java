package dev.pawl.leak;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A heap dump in the format of HotSpot ("JAVA PROFILE 1.0.2", described in the JDK's {@code hprof_b_spec.h}), read from beginning to end
 * for each question, so that little of it is in memory at once. Ids are those of the file, of 8 bytes.
 */
final class HeapFile {

    /** Type of a field that holds a reference. */
    static final int OBJECT = 2;

    private static final int BUFFER = 1 << 20;

    private static final int STRING = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;

    private final Path file;

    HeapFile(Path file) {
        this.file = file;
    }

    /** Visitor of the records of the file; each method may be left out. */
    interface Visitor {
        default void string(long id, String text) {}

        default void name(long type, long name) {}

        default void type(HeapType type) {}

        /**
         * A root: an object that is held without another object.
         *
         * @param thread number of the thread whose frame holds it, or that it is; 0 for none
         */
        default void root(Root root, long id, int thread) {}

        default void instance(long id, long type, byte[] fields) {}

        default void array(long id, long[] elements) {}

        default void bytes(long id, byte[] content) {}
    }

    /** Kinds of roots. */
    enum Root {
        THREAD,
        FRAME,
        NATIVE,
        CLASS
    }

    void read(Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            skipName(in);
            if (in.readInt() != Long.BYTES) {
                throw new IOException("A heap dump with ids of another size is not understood.");
            }
            in.readLong();
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                in.readInt();
                record(in, tag, Integer.toUnsignedLong(in.readInt()), visitor);
            }
        }
    }

    /** The name of the format, which ends with a zero. */
    private static void skipName(DataInputStream in) throws IOException {
        int character;
        do {
            character = in.readByte();
        } while (character != 0);
    }

    private static void record(DataInputStream in, int tag, long length, Visitor visitor) throws IOException {
        switch (tag) {
            case STRING -> {
                long id = in.readLong();
                visitor.string(id, new String(exactly(in, length - Long.BYTES), StandardCharsets.UTF_8));
            }
            case LOAD_CLASS -> {
                in.readInt();
                long type = in.readLong();
                in.readInt();
                visitor.name(type, in.readLong());
            }
            case HEAP_DUMP, HEAP_DUMP_SEGMENT -> {
                for (long left = length; left > 0; ) {
                    left -= heap(in, visitor);
                }
            }
            default -> in.skipNBytes(length);
        }
    }

    /** Reads an entry of the heap; returns its length. */
    private static long heap(DataInputStream in, Visitor visitor) throws IOException {
        int tag = in.readUnsignedByte();
        return 1
                + switch (tag) {
                    case 0xFF, 0x05, 0x07 -> {
                        visitor.root(tag == 0x05 ? Root.CLASS : Root.NATIVE, in.readLong(), 0);
                        yield 8;
                    }
                    case 0x01 -> {
                        visitor.root(Root.NATIVE, in.readLong(), 0);
                        in.readLong();
                        yield 16;
                    }
                    case 0x02, 0x03, 0x08 -> {
                        long id = in.readLong();
                        visitor.root(tag == 0x08 ? Root.THREAD : Root.FRAME, id, in.readInt());
                        in.readInt();
                        yield 16;
                    }
                    case 0x04, 0x06 -> {
                        visitor.root(Root.FRAME, in.readLong(), in.readInt());
                        yield 12;
                    }
                    case 0x20 -> type(in, visitor);
                    case 0x21 -> instance(in, visitor);
                    case 0x22 -> array(in, visitor);
                    case 0x23 -> bytes(in, visitor);
                    default -> throw new IOException("A heap dump holds an entry of the unknown kind " + tag + ".");
                };
    }

    private static long type(DataInputStream in, Visitor visitor) throws IOException {
        final long id = in.readLong();
        in.readInt();
        final long above = in.readLong();
        final long loader = in.readLong();
        in.skipNBytes(4 * Long.BYTES + Integer.BYTES);
        long length = 7 * Long.BYTES + 2 * Integer.BYTES + 3 * Short.BYTES;
        for (int constants = in.readUnsignedShort(); constants > 0; constants--) {
            in.readShort();
            int size = size(in.readUnsignedByte());
            in.skipNBytes(size);
            length += 3 + size;
        }
        List<HeapType.Static> statics = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            long name = in.readLong();
            int kind = in.readUnsignedByte();
            if (kind == OBJECT) {
                statics.add(new HeapType.Static(name, in.readLong()));
            } else {
                in.skipNBytes(size(kind));
            }
            length += 9 + size(kind);
        }
        List<HeapType.Field> fields = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            fields.add(new HeapType.Field(in.readLong(), in.readUnsignedByte()));
            length += 9;
        }
        visitor.type(new HeapType(id, above, loader, fields, statics));
        return length;
    }

    private static long instance(DataInputStream in, Visitor visitor) throws IOException {
        long id = in.readLong();
        in.readInt();
        long type = in.readLong();
        int length = in.readInt();
        visitor.instance(id, type, exactly(in, length));
        return 2 * Long.BYTES + 2 * Integer.BYTES + (long) length;
    }

    private static long array(DataInputStream in, Visitor visitor) throws IOException {
        long id = in.readLong();
        in.readInt();
        long[] elements = new long[in.readInt()];
        in.readLong();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = in.readLong();
        }
        visitor.array(id, elements);
        return 2 * Long.BYTES + 2 * Integer.BYTES + (long) elements.length * Long.BYTES;
    }

    private static long bytes(DataInputStream in, Visitor visitor) throws IOException {
        long id = in.readLong();
        in.readInt();
        int elements = in.readInt();
        int kind = in.readUnsignedByte();
        long length = (long) elements * size(kind);
        if (size(kind) == 1) {
            visitor.bytes(id, exactly(in, length));
        } else {
            in.skipNBytes(length);
        }
        return Long.BYTES + 2 * Integer.BYTES + 1 + length;
    }

    /** Number of bytes of a value. */
    static int size(int kind) {
        return switch (kind) {
            case OBJECT, 7, 11 -> 8; // a reference, a double, a long
            case 6, 10 -> 4;
            case 5, 9 -> 2;
            default -> 1;
        };
    }

    private static byte[] exactly(DataInputStream in, long length) throws IOException {
        byte[] content = in.readNBytes(Math.toIntExact(length));
        if (content.length < length) {
            throw new EOFException("The heap dump ends early.");
        }
        return content;
    }
}
