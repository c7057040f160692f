package dev.pawl.scheduler.thread;

import org.jspecify.annotations.Nullable;

/**
 * Notices that a thread starts another one: the JVM asks for the value that the new thread inherits, when it is made. So a run that
 * starts none, as nearly all do, need not look for what it left.
 */
final class ThreadStarts extends InheritableThreadLocal<@Nullable RunAncestry> {

    /** Notices from now on what the calling thread starts, and what those threads start. */
    RunAncestry watch() {
        RunAncestry lineage = new RunAncestry();
        set(lineage);
        return lineage;
    }

    @Override
    protected @Nullable RunAncestry childValue(@Nullable RunAncestry parentValue) {
        if (parentValue != null) {
            parentValue.bear();
        }
        return parentValue;
    }
}
