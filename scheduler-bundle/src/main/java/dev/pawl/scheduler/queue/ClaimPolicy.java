package dev.pawl.scheduler.queue;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.service.job.JobActions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Policy of claims: the jobs that a worker may claim now, and the limits of each module. Safe for many threads. */
public final class ClaimPolicy {

    private final ReadyModules modules;
    private final ModuleSettings settings;
    private final QueueControls controls;

    /** Asks the modules, their settings and the controls anew each time. */
    public ClaimPolicy(ReadyModules modules, ModuleSettings settings, QueueControls controls) {
        this.modules = modules;
        this.settings = settings;
        this.controls = controls;
    }

    /** Whether the worker may claim anything. */
    public boolean admits(String worker) {
        return !controls.isQueueDisabled()
                && !controls.isDisabled(worker)
                && controls.drain(worker).isEmpty();
    }

    /** The modules of this process whose jobs the worker may claim. */
    public Set<String> modulesFor(String worker) {
        if (!admits(worker)) {
            return Set.of();
        }
        Set<String> ready = new HashSet<>(modules.ids());
        ready.removeIf(id -> controls.isHeld(id) || controls.isPaused(id));
        ready.add(JobActions.MODULE);
        return ready;
    }

    /** The limits of the modules that have one; that of a paused module is 0 for every worker. */
    public Map<String, Integer> limits() {
        Map<String, Integer> limits = new HashMap<>();
        for (String id : modules.ids()) {
            int limit = limit(id);
            if (limit > 0) {
                limits.put(id, limit);
            }
        }
        controls.paused().forEach(id -> limits.put(id, 0));
        return limits;
    }

    /** Number of jobs of the module that may run at once; 0 for no limit. */
    public int limit(String module) {
        return settings.concurrency(
                module, modules.current(module).map(ModuleVersion::concurrency).orElse(0));
    }
}
