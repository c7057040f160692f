package dev.pawl.cli.command;

/** Tells a command that the user wants it to end, as by Ctrl-C. */
@FunctionalInterface
public interface Interrupts {
    /** Runs the action, on a thread of its own, when the process is told to end; the process ends once it returns. */
    Registration onInterrupt(Runnable action);

    /** An action that waits for its moment. */
    interface Registration {
        /** Takes the action back; harmless when it is running already. */
        void cancel();
    }

    /** Those of this process. */
    static Interrupts ofProcess() {
        return action -> {
            Thread hook = new Thread(action, "pawl-interrupt");
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException e) {
                    // The process is ending, so the action runs: there is nothing to take back.
                    return;
                }
            };
        };
    }
}
