package dev.pawl.http.route;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reads bodies up to a size and within a time, so that neither a large nor a slow one holds memory, disk or a thread for long. */
public final class BodyReader {

    /** The largest JSON body, in bytes. */
    public static final int LARGEST_JSON = 4 << 20;

    /** How long a JSON body may take to arrive. */
    public static final Duration SLOWEST_JSON = Duration.ofSeconds(60);

    private static final long MOST_DRAINED = 16L << 20;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(200);
    private static final Duration DRAIN_PAUSE = Duration.ofMillis(5);
    private static final int CHUNK = 16 << 10;

    private BodyReader() {}

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
        ServletInputStream in = request.getInputStream();
        long deadline = System.nanoTime() + LONGEST_DRAIN.toNanos();
        long heardAt = System.nanoTime();
        byte[] chunk = new byte[CHUNK];
        long left = MOST_DRAINED;
        while (!in.isFinished() && left > 0 && System.nanoTime() - deadline < 0) {
            if (in.available() > 0) {
                left -= in.read(chunk);
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > LONGEST_SILENCE.toNanos()) {
                return; // it has stopped, and a read would wait for it
            } else {
                LockSupport.parkNanos(DRAIN_PAUSE.toNanos());
            }
        }
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
