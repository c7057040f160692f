package dev.pawl.http.route;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads bodies up to a size and within a time, so that neither a large nor a slow one holds memory, disk or a thread for long. */
public final class BodyReader {

    /** The largest JSON body, in bytes. */
    public static final int LARGEST_JSON = 4 << 20;

    /** How long a JSON body may take to arrive. */
    public static final Duration SLOWEST_JSON = Duration.ofSeconds(60);

    private static final long MOST_DRAINED = 16L << 20;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);
    private static final int CHUNK = 16 << 10;

    private BodyReader() {}

    static byte[] json(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        checkSize(announced, LARGEST_JSON);
        if (announced >= 0) {
            return exactly((int) announced, request.getInputStream());
        }
        var body = new ByteArrayOutputStream();
        copy(request.getInputStream(), body, LARGEST_JSON, SLOWEST_JSON);
        return body.toByteArray();
    }

    /** Refuses a size that was announced. */
    public static void checkSize(long announced, long largest) {
        if (announced > largest) {
            throw tooLarge(largest);
        }
    }

    /** Copies a body to its end, at most that many bytes within that time. */
    public static void copy(InputStream body, OutputStream out, long largest, Duration slowest) throws IOException {
        long deadline = System.nanoTime() + slowest.toNanos();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            size += read;
            if (size > largest) {
                throw tooLarge(largest);
            }
            checkTime(deadline, slowest);
            out.write(chunk, 0, read);
        }
    }

    /**
     * Reads what is left of a refused request's body, as far as it is not too much. A client that is still sending when the
     * connection closes would see that instead of the answer.
     */
    public static void drain(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        boolean asksFirst = request.getHeader("Expect") != null;
        if (asksFirst || announced == 0 || (announced < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return;
        }
        long deadline = System.nanoTime() + LONGEST_DRAIN.toNanos();
        byte[] chunk = new byte[CHUNK];
        long left = MOST_DRAINED;
        int read = 0;
        while (read >= 0 && left > 0 && System.nanoTime() - deadline < 0) {
            read = request.getInputStream().read(chunk);
            left -= read;
        }
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        long deadline = System.nanoTime() + SLOWEST_JSON.toNanos();
        byte[] body = new byte[Math.min(length, CHUNK)]; // grows with what comes, not with what is announced
        int size = 0;
        while (size < length) {
            if (size == body.length) {
                body = Arrays.copyOf(body, Math.min(length, body.length * 2));
            }
            int read = in.read(body, size, body.length - size);
            if (read < 0) {
                throw new EOFException("The body ended after " + size + " of " + length + " bytes.");
            }
            size += read;
            checkTime(deadline, SLOWEST_JSON);
        }
        return body;
    }

    private static void checkTime(long deadline, Duration slowest) {
        if (System.nanoTime() - deadline > 0) {
            throw new ProblemException(
                    ProblemCode.TOO_SLOW, "The body did not arrive within " + slowest.toSeconds() + " s.");
        }
    }

    private static ProblemException tooLarge(long largest) {
        return new ProblemException(
                ProblemCode.TOO_LARGE, "The body is larger than " + (largest >> 20) + " MiB, the most this takes.");
    }
}
