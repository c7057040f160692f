package dev.pawl.scheduler.child;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** A task that does a little of everything, so that the archive of classes holds what tasks need. */
public final class WarmUp implements Module {

    /** Created by {@link ChildProgram}. */
    public WarmUp() {}

    /** @param word any word */
    record Inputs(String word) {}

    @Override
    public void run(TaskContext task) {
        Inputs inputs = task.inputs(Inputs.class);
        LoggerFactory.getLogger(WarmUp.class).info("The word is {}.", inputs.word());
        task.emit(inputs);
        task.progress(50, Map.of("word", inputs.word()));
        task.checkpoint("n", 0);
    }
}
