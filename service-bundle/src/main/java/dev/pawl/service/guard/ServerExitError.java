package dev.pawl.service.guard;

/**
 * Thrown when module code tries to end the server's process. The runtime puts the static methods of this class in the place of {@link
 * System#exit}, {@link Runtime#exit} and {@link Runtime#halt} when it loads a module's classes; nothing else calls them. It is an error
 * rather than an exception, so that code which catches exceptions does not swallow it.
 */
@SuppressWarnings("DoNotCallSuggester") // the calls are put in when classes are loaded
public final class ServerExitError extends Error {

    private static final long serialVersionUID = 1L;

    private ServerExitError(String call, int status) {
        super("Module code called " + call + "(" + status
                + "), which would have ended the server. A module ends by returning"
                + " from run, and fails by throwing an exception.");
    }

    /** Replaces {@link System#exit}. */
    public static void exit(int status) {
        throw new ServerExitError("System.exit", status);
    }

    /** Replaces {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int status) {
        throw new ServerExitError("Runtime.exit", status);
    }

    /** Replaces {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int status) {
        throw new ServerExitError("Runtime.halt", status);
    }
}
