package dev.pawl.processes.run;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of one task, from its first phase to its last. Used by one thread at a time. */
public final class TaskProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskProcess.class);

    private final ModuleProcess module;
    private final boolean cleansUp;
    private @Nullable Child waiting;
    private @Nullable TaskContext served;
    private String outcome = "completed";

    /** @param cleansUp whether its process lives on after run until it was asked to clean up */
    public TaskProcess(ModuleProcess module, boolean cleansUp) {
        this.module = module;
        this.cleansUp = cleansUp;
    }

    /** The checkpoint of another version as one of this version. */
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return module.migrate(checkpoint, from);
    }

    /** Lets a process of its own check the inputs. */
    public void validate(TaskContext task) throws Exception {
        served = task;
        converse(task, Phase.VALIDATE, false);
    }

    /** Does the work. */
    public void run(TaskContext task) throws Exception {
        if (task.checkpoint().containsKey(Conversation.FINISHED)) {
            return;
        }
        served = task;
        outcome = "failed";
        converse(task, Phase.RUN, cleansUp);
        outcome = "completed";
    }

    /** Goes through a phase with a process that knows nothing of the task yet. */
    private void converse(TaskContext task, Phase phase, boolean livesOn) throws Exception {
        for (int attempt = 0; !attempt(task, phase, livesOn, attempt > 0); attempt++) {
            LOG.debug("A process that had waited for a task was gone when it came; another one takes it.");
        }
    }

    /** Whether the phase was gone through; false when a process that had worked before ended before it heard of the task. */
    private boolean attempt(TaskContext task, Phase phase, boolean livesOn, boolean last) throws Exception {
        Child child = started(task);
        waiting = child;
        Conversation conversation = new Conversation(module, child, task, phase);
        try {
            conversation.start();
            conversation.listen(livesOn);
        } catch (TaskCancelledException e) {
            throw e;
        } catch (Exception e) {
            if (!last && module.reuses() && !conversation.heard() && child.endedFor() == null) {
                return false;
            }
            throw e;
        } finally {
            if (!livesOn || !child.isAlive()) {
                waiting = null;
                module.finished(child, conversation.stays());
            }
        }
        return true;
    }

    /** Lets the process of the run clean up, or another one when that has gone. */
    public void cleanup(TaskContext task) throws CleanupException {
        Child child = waiting;
        try {
            if (child != null && child.isAlive()) {
                Conversation conversation = new Conversation(module, child, task, Phase.CLEANUP);
                child.send(Map.of("type", "cleanup", "outcome", outcome));
                try {
                    conversation.listen(false);
                } finally {
                    waiting = null;
                    module.finished(child, conversation.stays());
                }
            } else {
                converse(task, Phase.CLEANUP, false);
            }
        } catch (CleanupException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CleanupException(String.valueOf(e.getMessage()), e);
        }
    }

    private Child started(TaskContext task) {
        try {
            return module.start(task);
        } catch (IOException e) {
            throw new InitializationException("The process of the task cannot be started: " + e.getMessage(), e);
        }
    }

    /** Ends the process when it has not ended; harmless a second time. */
    @Override
    public void close() {
        Child child = waiting;
        waiting = null;
        if (child != null) {
            module.finished(child, false);
        }
        TaskContext task = served;
        served = null;
        if (task != null) {
            module.forget(task);
        }
    }
}
