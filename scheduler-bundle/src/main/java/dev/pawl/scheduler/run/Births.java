package dev.pawl.scheduler.run;

import org.jspecify.annotations.Nullable;

/**
 * Notices that a thread starts another one: the JVM asks for the value that the new thread inherits, when it is made. So a run that
 * starts none, as nearly all do, need not look for what it left.
 */
final class Births extends InheritableThreadLocal<@Nullable Lineage> {

    /** Notices from now on what the calling thread starts, and what those threads start. */
    Lineage watch() {
        Lineage lineage = new Lineage();
        set(lineage);
        return lineage;
    }

    @Override
    protected @Nullable Lineage childValue(@Nullable Lineage parentValue) {
        if (parentValue != null) {
            parentValue.bear();
        }
        return parentValue;
    }
}
