package dev.pawl.scheduler.run;

import dev.pawl.api.store.DocumentStore;
import dev.pawl.api.store.JobStore;
import dev.pawl.scheduler.catalog.SettingsSource;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.secret.TaskSecrets;
import java.time.InstantSource;

/** What every run uses and none owns. */
public record RunPlant(
        JobStore store,
        DocumentStore documents,
        InstantSource clock,
        MonotonicClock monotonic,
        SettingsSource settings,
        RunTimers timers,
        RunLimits limits,
        WorkDirs workDirs,
        FileRoots fileRoots,
        TaskSecrets secrets,
        AbandonedThreads abandoned,
        StrayThreads strays,
        JobLog jobLog,
        RunEvents events) {}
