package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.thread.LeakedThreads;

/**
 * Services that a task is prepared and called with.
 *
 * @param settings configured values of each module
 * @param leakedThreads hides the secrets of the latest tasks in the names of threads
 */
public record TaskServices(ModuleSettings settings, TaskSecrets secrets, JobLog jobLog, LeakedThreads leakedThreads) {}
