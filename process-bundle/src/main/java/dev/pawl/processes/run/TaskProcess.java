package dev.pawl.processes.run;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process of one task, from its first phase to its last. Used by one thread at a time. */
public final class TaskProcess implements AutoCloseable {

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

    /** Lets a process of its own check the inputs. */
    public void validate(TaskContext task) throws Exception {
        served = task;
        try (Child child = started(task)) {
            Conversation conversation = new Conversation(module, child, task, Phase.VALIDATE);
            conversation.start();
            conversation.listen(false);
        }
    }

    /** Does the work. */
    public void run(TaskContext task) throws Exception {
        if (task.checkpoint().containsKey(Conversation.FINISHED)) {
            return;
        }
        served = task;
        Child child = started(task);
        waiting = child;
        outcome = "failed";
        try {
            Conversation conversation = new Conversation(module, child, task, Phase.RUN);
            conversation.start();
            conversation.listen(cleansUp);
            outcome = "completed";
        } finally {
            if (!cleansUp || !child.isAlive()) {
                waiting = null;
                child.close();
            }
        }
    }

    /** Lets the process of the run clean up, or another one when that has gone. */
    public void cleanup(TaskContext task) throws CleanupException {
        Child child = waiting;
        try {
            if (child != null && child.isAlive()) {
                Conversation conversation = new Conversation(module, child, task, Phase.CLEANUP);
                child.send(Map.of("type", "cleanup", "outcome", outcome));
                conversation.listen(false);
            } else {
                try (Child another = started(task)) {
                    Conversation conversation = new Conversation(module, another, task, Phase.CLEANUP);
                    conversation.start();
                    conversation.listen(false);
                }
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
            child.close();
        }
        TaskContext task = served;
        served = null;
        if (task != null) {
            module.forget(task);
        }
    }
}
