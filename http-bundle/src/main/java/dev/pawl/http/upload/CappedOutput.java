package dev.pawl.http.upload;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Passes on so many bytes within such a time, and no more. */
final class CappedOutput extends FilterOutputStream {

    private final long largest;
    private final Duration slowest;
    private final long deadline;
    private long size;

    CappedOutput(OutputStream out, long largest, Duration slowest) {
        super(out);
        this.largest = largest;
        this.slowest = slowest;
        this.deadline = System.nanoTime() + slowest.toNanos();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        size += length;
        if (size > largest) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The file is larger than " + (largest >> 20) + " MiB, the most this takes.");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new ProblemException(
                    ProblemCode.TOO_SLOW, "The file did not arrive within " + slowest.toMinutes() + " min.");
        }
        out.write(bytes, from, length);
    }
}
