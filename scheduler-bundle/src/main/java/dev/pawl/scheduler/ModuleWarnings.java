package dev.pawl.scheduler;

import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.LingeringThreads;
import java.util.ArrayList;
import java.util.List;

/** Warnings about modules, as their runs gave cause for them. */
final class ModuleWarnings {

    private final LingeringThreads threads;
    private final QueueControls controls;

    ModuleWarnings(LingeringThreads threads, QueueControls controls) {
        this.threads = threads;
        this.controls = controls;
    }

    /** Sentences for an operator who looks at the module. */
    List<String> of(String module) {
        List<String> all = new ArrayList<>(threads.warnings(module));
        if (controls.isPaused(module)) {
            all.add("Its jobs are paused; `pawl module resume " + module + "` lets them go on.");
        }
        return all;
    }
}
