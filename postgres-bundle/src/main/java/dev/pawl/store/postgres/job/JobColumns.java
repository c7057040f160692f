package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import org.jspecify.annotations.Nullable;

/** The columns of a job that change: where it stands, and how far it is. Times are microseconds since 1970. */
final class JobColumns {

    Place place = Place.READY;
    JobStatus status = JobStatus.PENDING;
    long lane;

    @Nullable
    Long dueAt;

    long owner;

    @Nullable
    Long leaseUntil;

    @Nullable
    Long trialUntil;

    @Nullable
    Long limitedClaim; // written with the begin of a run, and read by counts alone

    @Nullable
    Long completedAt;

    @Nullable
    String stopperId;

    @Nullable
    String stopperName;

    long epoch;
    int attempt = 1;
    int crashes;

    @Nullable
    String crashMark;

    int crashesAtMark;
    int taskIndex;
    long elapsedNs;

    @Nullable
    Long startedAt;

    @Nullable
    Long runStartedAt;

    @Nullable
    String parked;

    @Nullable
    String worker;

    @Nullable
    String moduleVersion;

    double percent;

    @Nullable
    String info;

    long lines;
    long linesDropped;
    long logSize;
    long results;
    long finalResults;

    @Nullable
    String failure;

    long generation;

    JobColumns copy() {
        JobColumns copy = new JobColumns();
        copy.place = place;
        copy.status = status;
        copy.lane = lane;
        copy.dueAt = dueAt;
        copy.owner = owner;
        copy.leaseUntil = leaseUntil;
        copy.trialUntil = trialUntil;
        copy.limitedClaim = limitedClaim;
        copy.completedAt = completedAt;
        copy.stopperId = stopperId;
        copy.stopperName = stopperName;
        copy.epoch = epoch;
        copy.attempt = attempt;
        copy.crashes = crashes;
        copy.crashMark = crashMark;
        copy.crashesAtMark = crashesAtMark;
        copy.taskIndex = taskIndex;
        copy.elapsedNs = elapsedNs;
        copy.startedAt = startedAt;
        copy.runStartedAt = runStartedAt;
        copy.parked = parked;
        copy.worker = worker;
        copy.moduleVersion = moduleVersion;
        copy.percent = percent;
        copy.info = info;
        copy.lines = lines;
        copy.linesDropped = linesDropped;
        copy.logSize = logSize;
        copy.results = results;
        copy.finalResults = finalResults;
        copy.failure = failure;
        copy.generation = generation;
        return copy;
    }

    /** Whether it runs in this process or another server's, and not at an external worker. */
    boolean isWithoutLease() {
        return leaseUntil == null;
    }
}
