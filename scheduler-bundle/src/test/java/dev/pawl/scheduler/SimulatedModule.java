package dev.pawl.scheduler;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import java.util.Map;

/** Emits numbered results and saves a checkpoint every few of them; passes a gate before each action. */
final class SimulatedModule implements Module {

    private static final int MOST_TRIES = 60; // after these, even a deaf task gives up

    private final SimulatedThreads threads;
    private final SimulatedModel model;
    private int emitted;

    /**
     * The inputs of a task.
     *
     * @param every the number of steps between checkpoints; 0 for none
     * @param failAt the step before which it fails; 0 for never
     * @param failures number of times that it fails there
     * @param deaf whether it ignores interrupts and cancellation
     */
    record Inputs(
            @Default("1") int steps,
            @Default("1") int every,
            @Default("0") int failAt,
            @Default("0") int failures,
            @Default("false") boolean deaf) {}

    /** A result. */
    record Result(int task, int step) {}

    SimulatedModule(SimulatedThreads threads, SimulatedModel model) {
        this.threads = threads;
        this.model = model;
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Inputs inputs = task.inputs(Inputs.class);
        int done = task.checkpoint("done", 0);
        model.begins(task.jobId(), task.epoch(), task.taskIndex(), done);
        emitted = done;
        int step = done + 1;
        for (int tries = 0; step <= inputs.steps() && tries < MOST_TRIES; tries++) {
            try {
                step(task, inputs, step);
                step++;
            } catch (InterruptedException | TaskCancelledException ended) {
                if (!inputs.deaf()) {
                    throw ended;
                }
                saveAllTheSame(task);
                step = emitted + 1; // a result that was not handed over is emitted again
            }
        }
    }

    private void step(TaskContext task, Inputs inputs, int step) throws Exception {
        threads.gate(task.epoch(), task.jobId());
        if (step == inputs.failAt()) {
            int failures = task.checkpoint("failures", 0);
            if (failures < inputs.failures()) {
                save(task, Map.of("done", step - 1, "failures", failures + 1), step - 1);
                throw new RunException("Fails at step " + step + ".");
            }
        }
        task.emit(new Result(task.taskIndex(), step));
        emitted = step;
        if (inputs.every() > 0 && step % inputs.every() == 0) {
            threads.gate(task.epoch(), task.jobId());
            save(task, Map.of("done", step), step);
        }
    }

    /** Continues to write as a module that ignores its interrupt does, even long after it was abandoned. */
    private void saveAllTheSame(TaskContext task) {
        try {
            threads.gate(task.epoch(), task.jobId());
            save(task, Map.of("done", emitted), emitted);
        } catch (InterruptedException | TaskCancelledException ended) {
            // the write was refused
        }
    }

    private void save(TaskContext task, Map<String, Object> values, int step) {
        boolean returned = false;
        try {
            task.checkpoint(values);
            returned = true;
        } catch (StaleRunException fenced) {
            throw fenced;
        } catch (TaskCancelledException saved) { // the checkpoint is on disk before the run is told to end
            returned = !saved.getMessage().contains("takes nothing");
            throw saved;
        } finally {
            if (returned) {
                model.saved(task.jobId(), task.epoch(), task.taskIndex(), step);
            }
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            threads.gate(task.epoch(), task.jobId());
        } catch (InterruptedException e) {
            throw new CleanupException("Cleanup was interrupted.", e);
        }
    }
}
