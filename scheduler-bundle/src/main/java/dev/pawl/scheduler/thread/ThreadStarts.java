package dev.pawl.scheduler.thread;

import org.jspecify.annotations.Nullable;

/**
 * Notices the start of threads: the JVM asks for the value that a new thread inherits when it is made. So a run that starts none, as
 * nearly all do, need not look for leaked threads.
 */
final class ThreadStarts extends InheritableThreadLocal<@Nullable RunAncestry> {

    /** Notices from now on the threads that the calling thread starts, and those that they start. */
    RunAncestry watch() {
        RunAncestry ancestry = new RunAncestry();
        set(ancestry);
        return ancestry;
    }

    @Override
    protected @Nullable RunAncestry childValue(@Nullable RunAncestry parentValue) {
        if (parentValue != null) {
            parentValue.threadStarted();
        }
        return parentValue;
    }
}
