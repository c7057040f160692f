package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.store.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The runs of this process, from their claim until their end is on disk. Safe for many threads. */
public final class ActiveRuns {

    private final Map<UUID, JobRun> live = new ConcurrentHashMap<>();

    void add(JobRun run) {
        live.put(run.job().id(), run);
    }

    void ended(RunId run) {
        JobRun known = live.get(run.job());
        if (known != null && known.id().equals(run)) { // not a later run of the same job
            live.remove(run.job(), known);
        }
    }

    /** The run of a job; empty when it does not run here. */
    public Optional<JobRun> find(UUID job) {
        return Optional.ofNullable(live.get(job));
    }

    /** Whether a run of the job began not long ago while the job was suspected of having ended the process. */
    public boolean isOnTrial(UUID job) {
        JobRun run = live.get(job);
        return run != null && run.isOnTrial();
    }

    /** All runs, the longest first. */
    public Collection<JobRun> all() {
        return live.values().stream()
                .sorted(Comparator.comparing(ActiveRuns::began))
                .toList();
    }

    /** The runs that use a version of a module for a task that is not done. */
    public List<JobRun> using(ModuleVersion version) {
        return live.values().stream().filter(run -> run.steps().use(version)).toList();
    }

    /** The runs that use a module of a bundle, by its id in the framework. */
    public List<JobRun> using(long bundle) {
        return live.values().stream().filter(run -> run.steps().use(bundle)).toList();
    }

    /** The runs that use one of the modules, in any version. */
    public List<JobRun> using(Collection<String> modules) {
        return live.values().stream()
                .filter(run -> modules.stream().anyMatch(run.steps()::use))
                .toList();
    }

    private static Instant began(JobRun run) {
        Instant started = run.job().state().startedAt();
        return started == null ? run.job().createdAt() : started;
    }
}
