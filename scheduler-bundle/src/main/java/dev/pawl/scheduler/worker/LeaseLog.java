package dev.pawl.scheduler.worker;

import dev.pawl.api.module.LogLevel;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.worker.Heartbeat;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lines in the logs of jobs at external workers: the worker that took the job, its tasks, and its end. */
final class LeaseLog {

    private final JobStore store;
    private final InstantSource clock;
    private final LeaseEvents events;
    private final SecretNames secrets;
    private final Map<UUID, String> tasks = new ConcurrentHashMap<>();

    LeaseLog(JobStore store, InstantSource clock, LeaseEvents events, SecretNames secrets) {
        this.secrets = secrets;
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /** Writes the worker that took the job. Nothing waits for the line: the job is the worker's without it. */
    void taken(Job job, @Nullable String worker) {
        tasks.remove(job.id()); // an earlier run may have been at the same task
        String message = worker == null
                ? "Taken by an external worker that did not give a name"
                : "Taken by external worker " + worker;
        RunWrite write = RunWrite.ofRuntime(job).withLines(List.of(line(LogLevel.INFO, message)));
        var unused = store.write(write).thenAccept(written -> events.leaseWritten(job.id()));
    }

    /** A line when the worker is at another task than at its last heartbeat. */
    List<RunWrite.Line> task(Job job, Heartbeat beat) {
        String task = beat.task();
        if (task == null || task.equals(tasks.put(job.id(), task))) {
            return List.of();
        }
        String where = beat.hostname().isBlank() ? "" : " on " + beat.hostname();
        return List.of(line(LogLevel.INFO, hidden("Task " + task + where, job)));
    }

    /** The line of its end; for a failure with the info of the worker. */
    RunWrite.Line end(Job job, String worker, boolean failed, Object info) {
        String by = "external worker " + worker;
        return failed
                ? line(LogLevel.ERROR, hidden("Failed at " + by + ": " + WorkerInfo.text(info), job))
                : line(LogLevel.INFO, "Completed by " + by);
    }

    /** Forgets all jobs but these. */
    void retain(Set<UUID> leased) {
        tasks.keySet().retainAll(leased);
    }

    private String hidden(String text, Job job) {
        return Secrets.shown(text, secrets.secretForms(job), TextLimit.LINE);
    }

    private RunWrite.Line line(LogLevel level, String message) {
        return new RunWrite.Line(clock.instant(), level, message);
    }
}
