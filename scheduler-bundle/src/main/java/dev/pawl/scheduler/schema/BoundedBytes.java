package dev.pawl.scheduler.schema;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** A byte buffer with a limit: a value of a module is never in memory beyond it. */
final class BoundedBytes extends ByteArrayOutputStream {

    private final String what;
    private final int most;
    private boolean overrun;

    BoundedBytes(String what, int most) {
        super(256);
        this.what = what;
        this.most = most;
    }

    boolean isOverrun() {
        return overrun;
    }

    IllegalArgumentException tooLong() {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "%s is longer than %,d bytes as JSON, the most it takes.", what, most));
    }

    @Override
    public synchronized void write(int b) {
        check(1);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        check(length);
        super.write(bytes, offset, length);
    }

    private void check(int length) {
        if (size() + length > most) {
            overrun = true;
            throw tooLong();
        }
    }
}
