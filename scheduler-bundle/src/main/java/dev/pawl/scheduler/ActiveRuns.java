package dev.pawl.scheduler;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.run.JobRun;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The runs of this process, from their claim until their end is on disk. Safe for many threads. */
final class ActiveRuns {

    private final Map<UUID, JobRun> live = new ConcurrentHashMap<>();
    private final Set<JobRun> occupying = ConcurrentHashMap.newKeySet();

    void add(JobRun run) {
        occupying.add(run);
        live.put(run.job().id(), run);
    }

    /** Its slot may be given to another; its end is on the way to the disk. */
    void freed(JobRun run) {
        occupying.remove(run);
    }

    void ended(JobRun run) {
        occupying.remove(run);
        live.remove(run.job().id(), run); // not a later run of the same job
    }

    int occupied() {
        return occupying.size();
    }

    Optional<JobRun> find(UUID job) {
        return Optional.ofNullable(live.get(job));
    }

    /** Whether the job was suspected to have ended the process when it began, and that is not long ago. */
    boolean isOnTrial(UUID job) {
        JobRun run = live.get(job);
        return run != null && run.isOnTrial();
    }

    /** All of them, the longest first. */
    Collection<JobRun> all() {
        return live.values().stream()
                .sorted(Comparator.comparing(ActiveRuns::began))
                .toList();
    }

    List<JobRun> using(ModuleVersion kind) {
        return live.values().stream().filter(run -> run.steps().use(kind)).toList();
    }

    List<JobRun> using(long bundle) {
        return live.values().stream().filter(run -> run.steps().use(bundle)).toList();
    }

    List<JobRun> using(Collection<String> modules) {
        return live.values().stream()
                .filter(run -> modules.stream().anyMatch(run.steps()::use))
                .toList();
    }

    private static Instant began(JobRun run) {
        Instant started = run.job().state().startedAt();
        return started == null ? run.job().createdAt() : started;
    }
}
