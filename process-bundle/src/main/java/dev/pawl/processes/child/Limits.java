package dev.pawl.processes.child;

/**
 * The memory that a task's process and all that it starts may take.
 *
 * @param dataBytes the private memory of each process, above which the kernel gives it no more; 0 for no limit
 * @param memoryBytes the memory of all of them together, above which they are ended; 0 for no limit
 * @param said the limit as its author or operator wrote it
 */
public record Limits(long dataBytes, long memoryBytes, String said) {

    /** No limit. */
    public static final Limits NONE = new Limits(0, 0, "");

    private static final long MB = 1 << 20;

    /** The limit of a program. */
    public static Limits ofProgram(long bytes) {
        return bytes == 0 ? NONE : new Limits(bytes, bytes, megabytes(bytes));
    }

    static String megabytes(long bytes) {
        return bytes / MB + " MB";
    }
}
