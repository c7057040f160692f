package dev.pawl.launch;

/**
 * The logs of jobs, as the launcher's logging fills them. A service of the scheduler; both methods are called on the thread that logs, by
 * many at once, and never throw.
 */
public interface JobLogSink {

    /**
     * Adds a line to the log of the job that the calling thread works for; does nothing on any other thread.
     *
     * @param level the name of the level, such as {@code WARN}
     */
    void add(String level, String message);

    /** The text without the secrets of the task that the calling thread works for. */
    String masked(String text);
}
