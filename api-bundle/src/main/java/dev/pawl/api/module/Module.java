package dev.pawl.api.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Version;

/**
 * A kind of work. A module is a Declarative Services component with prototype scope, so that each task of each job has an
 * instance of its own; constructing it is the <em>initialize</em> phase.
 *
 * <p>The runtime calls {@link #validate}, {@link #run} and {@link #cleanup} one after the other, never at the same time,
 * though not always on the same thread. Threads belong to the runtime: it may interrupt one when the job is to stop, and a
 * module that ignores the interrupt is abandoned after a stated time; nothing it does afterwards is saved.
 */
@ConsumerType
public interface Module {

    /**
     * Turns a checkpoint that another version of this module saved into one that this version goes on from. Called before
     * {@link #validate}, when a job resumes on this version and {@link AutomationModule#checkpoints} accepts the other one; what it
     * returns is on disk, as this version's, before anything else is called. Has no effect outside: it is called again when the
     * server dies meanwhile.
     *
     * @param checkpoint the JSON values by name as they were saved; not modifiable
     * @param from the version that saved them, older or newer than this one
     * @return all values of the new checkpoint
     * @throws Exception when this version cannot go on from it; the job fails in phase initialize with the message, and is told how to
     *     go back to the other version
     */
    default Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return checkpoint;
    }

    /**
     * Looks at the inputs before any task of the job runs; has no effect outside.
     *
     * @throws ValidationException when the task cannot be done as asked, with the sentence a person reads
     */
    default void validate(TaskContext task) throws ValidationException {}

    /**
     * Does the work. After an interruption it is called again on a new instance, with the checkpoint that was saved last.
     *
     * @throws Exception when the work failed; {@link RunException} carries just a message for people, any other exception
     *     is shown with its class
     */
    void run(TaskContext task) throws Exception;

    /**
     * Frees what {@link #run} took outside the runtime; called after every run that began, good, failed or stopped, and
     * not when the run only pauses and goes on from its checkpoint later.
     *
     * @throws CleanupException when something is left behind; a job whose run was good fails with it and keeps its results
     */
    default void cleanup(TaskContext task) throws CleanupException {}
}
