package dev.pawl.scheduler.run;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a thread starts another one: the JVM asks for the value that the new thread inherits, when it is made. So a run that
 * starts none, as nearly all do, need not look for what it left.
 */
final class Births extends InheritableThreadLocal<@Nullable AtomicBoolean> {

    /** Notices from now on what the calling thread starts, and what those threads start. */
    AtomicBoolean watch() {
        AtomicBoolean born = new AtomicBoolean();
        set(born);
        return born;
    }

    @Override
    protected @Nullable AtomicBoolean childValue(@Nullable AtomicBoolean parentValue) {
        if (parentValue != null) {
            parentValue.set(true);
        }
        return parentValue;
    }
}
