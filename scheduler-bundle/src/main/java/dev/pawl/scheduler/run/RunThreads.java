package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;

/** Gives each run a thread of its own. Safe for many threads. */
public interface RunThreads extends AutoCloseable {

    /**
     * Runs a run on a thread of its own.
     *
     * @throws java.util.concurrent.RejectedExecutionException when no thread can be made
     */
    void start(JobRun run);

    /** Ends the idle threads of a module version that has gone. */
    void forget(ModuleVersion version);

    @Override
    void close();
}
