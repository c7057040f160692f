package dev.pawl.it.crowd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * The share of this machine's cores that is used by processes other than the test's, such as another build or, on a virtual machine, its
 * neighbours. It is measured repeatedly, since a short burst of such work decides the slowest answer.
 */
final class OthersWork implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final double MOST = 0.95;

    private static final int IDLE = 3;
    private static final int WAIT_FOR_DISK = 4;
    private static final int INTERRUPTS = 5;
    private static final int NETWORK = 6; // of the loopback interface, which only the test uses

    private final List<Long> own;
    private final Thread thread = new Thread(this::measure, "others-work");
    private volatile double peak;
    private volatile boolean closed;

    /**
     * Starts to measure.
     *
     * @param own the test's processes
     */
    OthersWork(List<Long> own) {
        this.own = List.copyOf(own);
        thread.start();
    }

    /** The largest share so far, from 0 on an otherwise idle machine to nearly 1. */
    double peak() {
        return peak;
    }

    private void measure() {
        try {
            Ticks before = ticks();
            while (!closed) {
                LockSupport.parkNanos(MOMENT.toNanos());
                Ticks now = ticks();
                double others = (double) (now.others - before.others) / Math.max(1, now.all - before.all);
                peak = Math.min(MOST, Math.max(peak, others));
                before = now;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The time of all cores so far and the time used by other processes, in the kernel's ticks. */
    private record Ticks(long all, long others) {}

    private Ticks ticks() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
        long[] cores =
                LongStream.range(1, 9).map(n -> Long.parseLong(words[(int) n])).toArray();
        long all = LongStream.of(cores).sum();
        return new Ticks(
                all, all - cores[IDLE] - cores[WAIT_FOR_DISK] - cores[INTERRUPTS] - cores[NETWORK] - ownTicks());
    }

    private long ownTicks() throws IOException {
        long ticks = 0;
        for (long pid : own) {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Long.parseLong(words[11]) + Long.parseLong(words[12]); // in user mode and in the kernel
            } catch (NoSuchFileException ended) {
                throw new IOException("Process " + pid + " ended during its test.", ended);
            }
        }
        return ticks;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
