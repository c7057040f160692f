package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import java.util.List;

/** Makes the runs of claimed jobs, and gives each the services that it uses. Safe for many threads. */
public final class RunFactory {

    private final JobStore store;
    private final RunTiming timing;
    private final TaskServices services;
    private final TaskResources resources;
    private final LingeringThreads threads;
    private final RunEvents events;

    /** Makes runs that write to the store and report to the events. */
    public RunFactory(
            JobStore store,
            RunTiming timing,
            TaskServices services,
            TaskResources resources,
            LingeringThreads threads,
            RunEvents events) {
        this.store = store;
        this.timing = timing;
        this.services = services;
        this.resources = resources;
        this.threads = threads;
        this.events = events;
    }

    /**
     * Prepares a run, which begins when a thread calls it.
     *
     * @param job as it was claimed
     * @param versions the modules of the tasks from the job's current one on
     */
    public JobRun create(Job job, List<ModuleVersion> versions) {
        return new JobRun(job, versions, store, timing, services, resources, threads, events);
    }
}
