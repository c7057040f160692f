package dev.pawl.process;

import dev.pawl.process.ProgramOutput.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way of lines from the two threads that read them to the one that uses them; bounded, so that a fast program waits. */
final class LineQueue {

    private static final int MOST_LINES = 1_024;
    private static final int STREAMS = 2;

    /** A line of a stream; the end of the stream when the text is null. */
    private record Line(Source source, @Nullable String text) {}

    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(MOST_LINES);
    private final List<Line> taken = new ArrayList<>(MOST_LINES);
    private final AtomicInteger ended = new AtomicInteger();

    /** Starts the threads that read. */
    void read(String name, Process process, LastLines last) {
        read(name + " out", Source.OUT, process.getInputStream(), last);
        read(name + " err", Source.ERR, process.getErrorStream(), last);
    }

    private void read(String name, Source source, InputStream stream, LastLines last) {
        Thread reader = new Thread(() -> read(source, stream, last), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Source source, InputStream stream, LastLines last) {
        try (stream) {
            LineReader reader = new LineReader(stream);
            String line = reader.read();
            while (line != null) {
                last.add(line);
                queue.put(new Line(source, line));
                line = reader.read();
            }
        } catch (IOException closed) {
            // the program was killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(source);
        }
    }

    private void end(Source source) {
        try {
            queue.put(new Line(source, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody takes lines any more
        }
    }

    /** Whether all lines of both streams have been delivered. */
    boolean isOver() {
        return ended.get() == STREAMS;
    }

    /**
     * Delivers the lines that are there, or that come within the time.
     *
     * @return false when there was none
     */
    boolean deliver(ProgramOutput output, long time, TimeUnit unit) throws InterruptedException {
        Line first = queue.poll(time, unit);
        if (first == null) {
            return false;
        }
        taken.clear();
        taken.add(first);
        queue.drainTo(taken);
        for (Line line : taken) {
            if (line.text() == null) {
                ended.incrementAndGet();
            } else {
                output.line(line.source(), line.text());
            }
        }
        return true;
    }

    /** Delivers all lines on a thread of its own, which ends with them. */
    void deliverAll(String name, ProgramOutput output) {
        Thread deliverer = new Thread(
                () -> {
                    try {
                        while (!isOver()) {
                            deliver(output, 1, TimeUnit.SECONDS);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name + " output");
        deliverer.setDaemon(true);
        deliverer.start();
    }
}
