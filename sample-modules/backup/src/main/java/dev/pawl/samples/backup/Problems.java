package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;

/** The files that could not be backed up as they are: each is a warning, or the first fails the job. */
final class Problems {

    private static final int MOST_LOGGED = 100;

    private final TaskContext task;
    private final boolean failing;
    private final boolean logging;
    private long count;

    Problems(TaskContext task, boolean failing) {
        this(task, failing, true);
    }

    private Problems(TaskContext task, boolean failing, boolean logging) {
        this.task = task;
        this.failing = failing;
        this.logging = logging;
    }

    /** Problems that are counted alone. */
    static Problems silent(TaskContext task) {
        return new Problems(task, false, false);
    }

    /**
     * Takes a problem.
     *
     * @param sentence names the file and what became of it
     * @throws RunException when problems fail the job
     */
    void add(String sentence) throws RunException {
        if (failing) {
            throw new RunException(sentence + " With on_problem: warn the backup is made without it.");
        }
        count++;
        if (logging && count <= MOST_LOGGED) {
            task.warning(sentence + (count == MOST_LOGGED ? " Further ones are counted but not logged." : ""));
        }
    }

    /** The number of problems. */
    long count() {
        return count;
    }
}
