package dev.pawl.processes.run;

import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.protocol.Message;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The results, checkpoints and progress of a process, as they are handed over to the job. Results of a module that keeps them are saved as
 * soon as nothing more waits in the pipe, with the checkpoint that there is (ADR 96). For the task's thread.
 */
final class TaskWrites {

    private static final long PROGRESS_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final TaskContext task;
    private final boolean keeps;
    private Message.@Nullable Progress progress;
    private long progressAt = System.nanoTime() - PROGRESS_NS;
    private boolean unsaved;
    private boolean pausing;

    TaskWrites(TaskContext task, boolean keeps) {
        this.task = task;
        this.keeps = keeps;
    }

    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    void result(@Nullable Object data) {
        task.emit(data instanceof Map<?, ?> map ? (Map<String, Object>) map : Collections.singletonMap("value", data));
        unsaved = keeps;
    }

    void checkpoint(Map<String, Object> values) {
        reportProgress();
        unsaved = false;
        task.checkpoint(values);
    }

    /** Keeps the last progress for a moment: a process may report each of a million frames. */
    void progress(Message.Progress latest) {
        progress = latest;
        if (System.nanoTime() - progressAt >= PROGRESS_NS) {
            reportProgress();
        }
    }

    /** Called when everything that has come is taken. */
    void idle() {
        if (progress != null && System.nanoTime() - progressAt >= PROGRESS_NS) {
            reportProgress();
        }
        if (unsaved && !pausing) {
            unsaved = false;
            try {
                task.checkpoint(Map.of());
            } catch (TaskCancelledException e) {
                task.throwIfCancelled(); // a stop
                pausing = true; // a pause, for which the module's own next checkpoint is the place to leave
            }
        }
    }

    /** The end of the work. A pause that has been seen would have it all done again. */
    void finish() {
        reportProgress();
        if (pausing) {
            task.checkpoint(Map.of(Conversation.FINISHED, true));
        }
    }

    private void reportProgress() {
        Message.Progress latest = progress;
        if (latest != null) {
            progress = null;
            progressAt = System.nanoTime();
            task.progress(latest.percent(), latest.info());
        }
    }
}
