package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.job.Job;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** This process as one of the workers; its heartbeat is made from its runs. */
public final class OwnWorker {

    /** Period of the heartbeat. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private final String id;
    private final String hostname;
    private final String version;
    private final Instant onlineAt;
    private final InstantSource clock;
    private final Supplier<Collection<JobRun>> runs;
    private volatile Beat last;
    private volatile @Nullable Instant drained;

    private record Beat(Instant at, Heartbeat first, List<Heartbeat> running) {}

    /**
     * Begins as a worker that starts up.
     *
     * @param runs the runs of this process, the longest first
     */
    public OwnWorker(
            String id, String hostname, String version, InstantSource clock, Supplier<Collection<JobRun>> runs) {
        this.id = id;
        this.hostname = hostname;
        this.version = version;
        this.clock = clock;
        this.onlineAt = clock.instant();
        this.runs = runs;
        this.last = new Beat(onlineAt, idle(WorkerStatus.STARTUP), List.of());
    }

    /** Its id, the same after a restart. */
    public String id() {
        return id;
    }

    /** The time at which it started. */
    public Instant onlineAt() {
        return onlineAt;
    }

    /** The time of the order to drain that is carried out; null when none is. */
    public @Nullable Instant drained() {
        return drained;
    }

    /** Remembers the order to drain that is carried out. */
    public void drained(@Nullable Instant order) {
        drained = order;
    }

    /** Renews the heartbeat. */
    public void beat() {
        List<Heartbeat> running = runs.get().stream().map(this::of).toList();
        last = new Beat(clock.instant(), running.isEmpty() ? idle(WorkerStatus.IDLE) : running.get(0), running);
    }

    Worker worker(boolean disabled) {
        Beat beat = last;
        return new Worker(id, beat.first(), beat.at(), disabled, beat.running());
    }

    private Heartbeat of(JobRun run) {
        Job job = run.job();
        return new Heartbeat(
                WorkerStatus.IN_PROGRESS,
                onlineAt,
                hostname,
                version,
                run.currentModule(),
                job.id(),
                job.request().title(),
                run.progress().percent(),
                run.progress().info());
    }

    private Heartbeat idle(WorkerStatus status) {
        return Heartbeat.withoutJob(status, onlineAt, hostname, version);
    }
}
