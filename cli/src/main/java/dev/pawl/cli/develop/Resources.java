package dev.pawl.cli.develop;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds resources of a command, and gives them back in the reverse order, once: at its end, or from another thread when the user interrupts it. What is
 * added after that is given back at once.
 */
final class Resources implements AutoCloseable {

    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private volatile boolean closed;

    /** Takes something over. */
    synchronized <T extends AutoCloseable> T add(T resource) throws InterruptedException {
        if (closed) {
            give(resource);
            throw new InterruptedException();
        }
        held.push(resource);
        return resource;
    }

    /** Whether they were given back, or are just being. */
    boolean isClosed() {
        return closed;
    }

    /** A second call waits for the first, and does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!held.isEmpty()) {
            give(held.pop());
        }
    }

    private static void give(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) { // declared by the interface; the others are to be given back all the same
            System.getLogger(Resources.class.getName()).log(System.Logger.Level.DEBUG, "Not given back", e);
        }
    }
}
