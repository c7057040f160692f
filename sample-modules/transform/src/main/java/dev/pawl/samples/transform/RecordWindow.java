package dev.pawl.samples.transform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The records of an input one after the other, as bytes. Of the input only the current record and what was read with it is in memory; the
 * window grows up to the longest record that is allowed.
 */
final class RecordWindow {

    private static final int FIRST_BYTES = 1 << 16;

    private final InputStream in;
    private final RecordScanner scanner;
    private final int longest;
    private byte[] bytes;
    private int begin;
    private int end;
    private int limit;
    private boolean exhausted;
    private long offset;
    private long line;
    private long endLine;

    /**
     * @param in the input, from a record's beginning on
     * @param offset the place of that record in the input
     * @param line its line, from 1
     * @param longest the greatest length of a record in bytes
     */
    RecordWindow(InputStream in, RecordScanner scanner, long offset, long line, int longest) {
        this.in = in;
        this.scanner = scanner;
        this.offset = offset;
        this.endLine = line;
        this.line = line;
        this.longest = longest;
        this.bytes = new byte[Math.min(FIRST_BYTES, longest + 1)];
    }

    /** Moves to the next record; returns whether there is one. */
    boolean next() throws IOException, BrokenInputException {
        offset += end - begin;
        begin = end;
        line = endLine;
        scanner.begin();
        int scanned = begin;
        while (true) {
            int found = scanner.scan(bytes, scanned, limit);
            if (found != RecordScanner.GOES_ON) {
                end = found;
                countLines();
                return true;
            }
            int unscanned = fill();
            if (exhausted) {
                end = limit;
                return scanner.endOfInput() && lastRecord();
            }
            scanned = unscanned;
        }
    }

    private boolean lastRecord() {
        countLines();
        return end > begin;
    }

    /** Reads on; returns the index of the first byte that was read. */
    private int fill() throws IOException, BrokenInputException {
        forgetSkipped();
        if (limit - begin > longest) {
            throw new BrokenInputException("the record there is longer than " + longest
                    + " bytes, if it ends at all; raise max_record_mb if it is sound");
        }
        if (limit == bytes.length) {
            makeRoom();
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        exhausted = read < 0;
        int first = limit;
        limit += Math.max(0, read);
        return first;
    }

    private void forgetSkipped() {
        int skipped = scanner.skipped();
        for (int i = begin; i < begin + skipped; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        endLine = line;
        scanner.forget(skipped);
        begin += skipped;
        offset += skipped;
    }

    private void makeRoom() {
        if (begin > bytes.length / 2) {
            System.arraycopy(bytes, begin, bytes, 0, limit - begin);
        } else {
            byte[] larger = new byte[(int) Math.min(bytes.length * 2L, longest + (long) FIRST_BYTES)];
            System.arraycopy(bytes, begin, larger, 0, limit - begin);
            bytes = larger;
        }
        limit -= begin;
        begin = 0;
    }

    private void countLines() {
        int content = begin + scanner.skipped();
        for (int i = begin; i < content; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        endLine = line;
        for (int i = content; i < end; i++) {
            endLine += bytes[i] == '\n' ? 1 : 0;
        }
    }

    /** The array that holds the record; it is overwritten by {@link #next()}. */
    byte[] bytes() {
        return bytes;
    }

    /** The index of the record's first byte. */
    int from() {
        return begin + scanner.skipped();
    }

    /** The index after its last byte. */
    int to() {
        return end;
    }

    /** The line in which the record begins, from 1. */
    long line() {
        return line;
    }

    /** The line in which the next record begins. */
    long nextLine() {
        return endLine;
    }

    /** The place in the input at which the next record begins. */
    long nextOffset() {
        return offset + end - begin;
    }

    /** The scanner's state after the record. */
    int state() {
        return scanner.state();
    }

    /** The record's bytes, a copy of at most so many. */
    byte[] start(int most) {
        return Arrays.copyOfRange(bytes, from(), Math.min(to(), from() + most));
    }
}
