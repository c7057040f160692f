package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import java.time.InstantSource;

/** What every run uses and none owns. */
public record RunServices(
        JobStore store,
        DocumentStore documents,
        InstantSource clock,
        MonotonicClock monotonic,
        ModuleSettings settings,
        Timers timers,
        RunLimits limits,
        WorkDirs workDirs,
        FileRoots fileRoots,
        TaskSecrets secrets,
        AbandonedThreads abandoned,
        LeakedThreads strays,
        JobLog jobLog,
        RunEvents events) {}
