package dev.pawl.api.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Version;

/**
 * A kind of work that jobs can request. A module is a Declarative Services component with prototype scope, so that each task of each job
 * has its own instance; its construction is the <em>initialize</em> phase.
 *
 * <p>The runtime calls {@link #validate}, {@link #run} and {@link #cleanup} one after the other, never at the same time, though not always
 * on the same thread. Threads belong to the runtime: it may interrupt one when the job must stop, and it abandons a thread that ignores the
 * interrupt for a configured time; nothing that the thread does afterwards is saved.
 */
@ConsumerType
public interface Module {

    /**
     * Converts a checkpoint that another version of this module saved into one from which this version can resume. Called before {@link
     * #validate} when a job resumes on this version and {@link AutomationModule#checkpoints} accepts the other one; the returned checkpoint
     * is on disk, as one of this version, before anything else is called. Must have no effect outside the job: it is called again if the
     * server dies meanwhile.
     *
     * @param checkpoint the JSON values by name as they were saved; unmodifiable
     * @param from the version that saved them, older or newer than this one
     * @return all values of the new checkpoint
     * @throws Exception when this version cannot resume from it; the job fails in the phase initialize with the message, and its remedy
     *         says how to go back to the other version
     */
    default Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return checkpoint;
    }

    /**
     * Checks the inputs before any task of the job runs; must have no effect outside the job.
     *
     * @throws ValidationException when the task cannot be done as asked, with a sentence for people
     */
    default void validate(TaskContext task) throws ValidationException {}

    /**
     * Does the work. After an interruption it is called again on a new instance, with the last saved checkpoint.
     *
     * @throws Exception when the work failed; {@link RunException} carries just a message for people, any other exception
     *     is shown with its class
     */
    void run(TaskContext task) throws Exception;

    /**
     * Releases what {@link #run} acquired outside the runtime. Called after every run that completed, failed or was stopped, but not when
     * the job is parked and resumes from its checkpoint later.
     *
     * @throws CleanupException when something is left behind; a job whose run succeeded then fails, but keeps its results
     */
    default void cleanup(TaskContext task) throws CleanupException {}
}
