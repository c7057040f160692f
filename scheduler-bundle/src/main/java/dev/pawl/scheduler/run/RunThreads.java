package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;

/** Gives each run a thread of its own. Safe for many threads. */
public interface RunThreads extends AutoCloseable {

    /**
     * Runs it.
     *
     * @throws java.util.concurrent.RejectedExecutionException when there is no thread to be had
     */
    void start(JobRun run);

    /** Lets the threads of a module that went away end. */
    void forget(ModuleVersion version);

    @Override
    void close();
}
