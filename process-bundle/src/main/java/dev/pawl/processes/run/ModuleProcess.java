package dev.pawl.processes.run;

import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.Version;

/** Starts the processes of one module, and says how to speak with them. */
public interface ModuleProcess {

    /** Starts a process for a task, which has been told nothing yet. */
    Child start(TaskContext task) throws IOException;

    /** Fields of the first message that only the module determines. */
    Map<String, Object> startFields(TaskContext task);

    /** Whether it reads messages after the first; one that does not gets SIGTERM as the request to stop, and answers as files. */
    boolean listens();

    /** Whether it says itself that it is done; otherwise its exit says so. */
    boolean saysDone();

    /** Whether results stay even when the run does not reach another checkpoint. */
    boolean keepsResults();

    /** Whether a process may take another task when it is done with one. */
    default boolean reuses() {
        return false;
    }

    /**
     * Takes a process that has done its part of a task.
     *
     * @param stays whether it waits for another task; otherwise it is ended
     */
    default void finished(Child child, boolean stays) {
        child.close();
    }

    /** How long it may say nothing before it is ended; zero for any time. */
    default Duration silence() {
        return Duration.ZERO;
    }

    /** Makes sure that there is what its processes need, or says what is missing. */
    default void prepare() {}

    /** The checkpoint of another version as one of this version. */
    default Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return checkpoint;
    }

    /** Ends the processes that wait for tasks, since there will be none. */
    default void close() {}

    /** Writes an answer as a file, for a process that does not listen. */
    void answer(TaskContext task, String id, Map<String, ?> message) throws IOException;

    /** Removes what the process of a task needed on disk. */
    void forget(TaskContext task);
}
