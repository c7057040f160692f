package dev.pawl.service.guard;

/**
 * Module code tried to end the server's process. The runtime puts the static methods of this class in the place of
 * {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt} when it loads a module's classes; nobody else calls them. An
 * error and no exception, so that code which catches exceptions and goes on does not take it for one of its own.
 */
@SuppressWarnings("DoNotCallSuggester") // the calls are put in when classes are loaded
public final class ServerExitError extends Error {

    private static final long serialVersionUID = 1L;

    private ServerExitError(String call, int status) {
        super("Module code called " + call + "(" + status
                + "), which would have ended the server. A module ends by returning"
                + " from run, and fails by throwing an exception.");
    }

    /** Stands for {@link System#exit}. */
    public static void exit(int status) {
        throw new ServerExitError("System.exit", status);
    }

    /** Stands for {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int status) {
        throw new ServerExitError("Runtime.exit", status);
    }

    /** Stands for {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int status) {
        throw new ServerExitError("Runtime.halt", status);
    }
}
