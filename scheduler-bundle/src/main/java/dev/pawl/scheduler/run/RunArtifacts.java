package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.scheduler.artifact.ArtifactKeeper;
import dev.pawl.scheduler.artifact.ArtifactsRefusedException;
import dev.pawl.scheduler.artifact.GivenUpException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The artifacts of one run's tasks, each task's at its end. Does nothing for a job without a work folder. Used by the run's thread alone. */
final class RunArtifacts {

    private static final double MEGABYTE = 1 << 20;

    private final Job job;
    private final WorkDirs workDirs;
    private final ArtifactKeeper keeper;
    private final RunJournal journal;
    private boolean taken;

    RunArtifacts(Job job, TaskResources resources, RunJournal journal) {
        this.job = job;
        this.workDirs = resources.workDirs();
        this.keeper = resources.artifacts();
        this.journal = journal;
    }

    /** Deletes what an earlier run left half-way, or before the job ran on another server. */
    void prepare() {
        if (job.state().epoch() > 1) {
            if (workDirs.begin(job.id(), job.state().epoch())) {
                journal.runtimeLine(
                        LogLevel.INFO, "The work folder on this server was of an earlier run; it is empty now.");
            }
            if (workDirs.exists(job.id())) {
                keeper.prepare(job, workDirs.place(job.id()));
            }
        }
    }

    /** Takes over what a task left; its records are written with the end of the task. */
    void take(int task, BooleanSupplier giveUp) throws ArtifactsRefusedException, GivenUpException {
        if (!workDirs.exists(job.id())) {
            return;
        }
        Thread.interrupted(); // from the module; an interrupt of the runtime says so by giveUp
        ArtifactKeeper.Taken found = keeper.ofTask(job, task, workDirs.place(job.id()), giveUp);
        found.leftOut().forEach(line -> journal.runtimeLine(LogLevel.WARNING, line));
        if (!found.artifacts().isEmpty()) {
            long bytes = found.artifacts().stream().mapToLong(JobArtifact::size).sum();
            journal.runtimeLine(
                    LogLevel.INFO,
                    "Artifacts kept: " + found.artifacts().size() + ", "
                            + String.format(Locale.ROOT, "%.1f MB.", bytes / MEGABYTE));
            journal.keep(found.artifacts());
        }
        taken = true;
    }

    /** Clears the work folder of what the last task left, once its end is on disk, so that the next task cannot change it. */
    void recorded() {
        if (taken) {
            keeper.clear(job, workDirs.place(job.id()));
            taken = false;
        }
    }
}
