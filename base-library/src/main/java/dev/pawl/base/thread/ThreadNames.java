package dev.pawl.base.thread;

/** The names by which threads are told to people. */
public final class ThreadNames {

    private ThreadNames() {}

    /** The name of a thread, or its number where it has none, as virtual threads may. */
    public static String of(Thread thread) {
        return thread.getName().isEmpty() ? "unnamed #" + thread.getId() : thread.getName();
    }
}
