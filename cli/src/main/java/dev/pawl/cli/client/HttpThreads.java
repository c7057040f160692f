package dev.pawl.cli.client;

import java.util.stream.Stream;

/**
 * The threads on which the JDK's HTTP clients wait for their sockets. The end of the JVM waits a third of a second for each thread in native
 * code, where these always are, and before Java 21 a client cannot be closed.
 */
public final class HttpThreads {

    private static final String SUFFIX = "-SelectorManager";
    private static final long LIMIT_MS = 100;

    private HttpThreads() {}

    /** Ends the threads, and with them all requests; returns once they have ended, at the latest after a moment. */
    public static void end() {
        Thread[] threads = new Thread[2 * Thread.activeCount()];
        int count = Thread.enumerate(threads);
        try {
            for (Thread thread :
                    Stream.of(threads).limit(count).filter(HttpThreads::isOne).toList()) {
                thread.interrupt();
                thread.join(LIMIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOne(Thread thread) {
        return thread.isDaemon() && thread.getName().endsWith(SUFFIX);
    }
}
