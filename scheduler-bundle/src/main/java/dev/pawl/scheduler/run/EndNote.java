package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The line that says why a run was asked to end. Who asks says it, and who ends the run makes sure that it stands before the last
 * line: a module that leaves at once may be faster than the one who asked.
 */
final class EndNote {

    private final RunJournal journal;
    private final EndMoves moves;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean said;

    EndNote(RunJournal journal, EndMoves moves) {
        this.journal = journal;
        this.moves = moves;
    }

    /** Says it, the first time; a pause needs no word, nor does a run that nobody asked. When this returns, the journal has it. */
    void say(@Nullable EndCause cause) {
        if (cause == null || cause.pauses()) {
            return;
        }
        lock.lock();
        try {
            if (!said) {
                said = true;
                journal.runtimeLine(LogLevel.WARNING, moves.note(cause));
            }
        } finally {
            lock.unlock();
        }
    }
}
