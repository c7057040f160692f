package dev.pawl.cli.command;

/** Notifies a command that the user wants it to end, as with Ctrl-C. */
@FunctionalInterface
public interface Interrupts {
    /** Registers an action that runs on a thread of its own when the process is asked to end; the process ends once it returns. */
    Registration onInterrupt(Runnable action);

    /** A registered action. */
    interface Registration {
        /** Removes the action; harmless when it is already running. */
        void cancel();
    }

    /** The interrupts of this process. */
    static Interrupts ofProcess() {
        return action -> {
            Thread hook = new Thread(action, "pawl-interrupt");
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException e) {
                    // The process is ending and the action runs: there is nothing to remove.
                    return;
                }
            };
        };
    }
}
