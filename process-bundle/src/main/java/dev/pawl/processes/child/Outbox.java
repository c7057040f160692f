package dev.pawl.processes.child;

import dev.pawl.base.json.value.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The messages to a process, written by a thread of their own: a process that does not read must not hold up the one that reads what it
 * writes.
 */
final class Outbox {

    /** The most messages that wait. A process that has not read so many acknowledgements never will. */
    private static final int MOST_MESSAGES = 10_000;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_MESSAGES + 1);
    private final OutputStream out;

    Outbox(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends a message, some time.
     *
     * @return false when too many wait
     */
    boolean send(Map<String, ?> message) {
        return waiting.size() < MOST_MESSAGES
                && waiting.offer((Json.text(message) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the stream behind what was sent. */
    void end() {
        waiting.offer(END);
    }

    /** Writes until the end; the work of the thread. */
    void write() {
        try (out) {
            byte[] message = waiting.take();
            while (message.length > 0) {
                out.write(message);
                if (waiting.isEmpty()) {
                    out.flush();
                }
                message = waiting.take();
            }
        } catch (IOException gone) {
            waiting.clear(); // the process has ended, or reads no more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
