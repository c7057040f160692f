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
    private static final long JVM = 256 * MB;

    /** The limit of a program. */
    public static Limits ofProgram(long bytes) {
        return bytes == 0 ? NONE : new Limits(bytes, bytes, megabytes(bytes));
    }

    /** The limit of a JVM with that heap, which takes memory beside its heap as well. */
    public static Limits ofJvm(long heap, String said) {
        return new Limits(0, heap + heap / 4 + JVM, said + " of heap");
    }

    /** The sentence about a task that was ended since it took more. */
    String outOfMemory() {
        return "The task took all the memory that it may take, " + said
                + "; the field memory of its module allows more.";
    }

    static String megabytes(long bytes) {
        return bytes / MB + " MB";
    }
}
