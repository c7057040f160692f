package dev.pawl.scheduler.job;

import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.WaitingReason;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import dev.pawl.service.store.WaitingJobs;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reasons for which jobs wait, with their numbers, from sums of the store: no job is looked at for itself. */
public final class QueueReasons {

    /** The greatest number of reasons; modules that are not installed could be as many as the jobs. */
    static final int MOST = 100;

    private static final String BY_ITSELF = "That, by itself; one of them sooner with `pawl resume ID`.";

    private final JobStore store;
    private final WaitReasons reasons;
    private final InstantSource clock;

    public QueueReasons(JobStore store, WaitReasons reasons, InstantSource clock) {
        this.store = store;
        this.reasons = reasons;
        this.clock = clock;
    }

    /** The reasons at this moment, those of most jobs first. */
    List<WaitingReason> all() {
        List<WaitingJobs> waiting = store.waitingJobs(clock.instant());
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<RunningJob> running = store.runningJobs();
        List<WaitingReason> each =
                waiting.stream().map(jobs -> counted(jobs, of(jobs, running))).toList();
        List<WaitingReason> sums = sums(each);
        return sums.size() <= MOST ? sums : shortened(sums);
    }

    private Reason of(WaitingJobs jobs, List<RunningJob> running) {
        return switch (jobs.kind()) {
            case DUE ->
                reasons.held(jobs.modules(), running, null)
                        .or(() -> reasons.trialOfAnother(running, null))
                        .orElseGet(() -> reasons.queued(running, null));
            case SUSPECTED ->
                reasons.held(jobs.modules(), running, null)
                        .orElseGet(() -> new Reason(
                                ReasonCode.CRASH_TRIAL,
                                "The server ended several times while they ran, so each begins alone.",
                                "What runs going on for a while or ending, by itself.",
                                null));
            case OTHER_JOBS ->
                new Reason(
                        ReasonCode.WAITING_FOR_JOB,
                        "They wait for the end or the completion of other jobs.",
                        BY_ITSELF,
                        null);
            case EARLIER_JOBS ->
                new Reason(
                        ReasonCode.WAITING_FOR_JOB,
                        "They wait until the earlier jobs of their schedules have ended.",
                        BY_ITSELF,
                        null);
            case RETRY ->
                new Reason(
                        ReasonCode.RETRY,
                        "They have failed and are tried again, the next one at " + second(jobs.nextAt()) + ".",
                        "These times coming; one of them sooner with `pawl resume ID`.",
                        null);
            case TIME ->
                new Reason(
                        ReasonCode.SCHEDULED,
                        "They are scheduled for later, the next one for " + second(jobs.nextAt()) + ".",
                        "These times coming; one of them sooner with `pawl resume ID`.",
                        null);
        };
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static WaitingReason counted(WaitingJobs jobs, Reason reason) {
        return new WaitingReason(reason.code(), jobs.count(), jobs.oldestAt(), reason.sentence(), reason.unblockedBy());
    }

    private static Comparator<WaitingReason> mostJobsFirst() { // no field, which would cost each start its lambdas
        return Comparator.comparingLong(WaitingReason::count)
                .reversed()
                .thenComparing(WaitingReason::oldestCreatedAt)
                .thenComparing(WaitingReason::sentence);
    }

    /** Reasons with the same sentence as one. */
    private static List<WaitingReason> sums(Collection<WaitingReason> each) {
        Map<String, WaitingReason> sums = new LinkedHashMap<>();
        for (WaitingReason reason : each) {
            sums.merge(reason.code() + reason.sentence(), reason, QueueReasons::sum);
        }
        return sums.values().stream().sorted(mostJobsFirst()).toList();
    }

    private static WaitingReason sum(WaitingReason one, WaitingReason other) {
        return new WaitingReason(
                one.code(),
                one.count() + other.count(),
                one.oldestCreatedAt().isBefore(other.oldestCreatedAt())
                        ? one.oldestCreatedAt()
                        : other.oldestCreatedAt(),
                one.sentence(),
                one.unblockedBy());
    }

    /** The first reasons, and the rest summed up by their codes. */
    private static List<WaitingReason> shortened(List<WaitingReason> sums) {
        int first = MOST - ReasonCode.values().length;
        Map<ReasonCode, WaitingReason> rest = new EnumMap<>(ReasonCode.class);
        Map<ReasonCode, Integer> left = new EnumMap<>(ReasonCode.class);
        for (WaitingReason reason : sums.subList(first, sums.size())) {
            rest.merge(reason.code(), reason, QueueReasons::sum);
            left.merge(reason.code(), 1, Integer::sum);
        }
        List<WaitingReason> all = new ArrayList<>(sums.subList(0, first));
        rest.forEach((code, reason) -> all.add(
                left.getOrDefault(code, 1) == 1
                        ? reason
                        : new WaitingReason(
                                code,
                                reason.count(),
                                reason.oldestCreatedAt(),
                                "There are " + left.get(code) + " further reasons of this kind, such as: "
                                        + reason.sentence(),
                                reason.unblockedBy())));
        return all.stream().sorted(mostJobsFirst()).toList();
    }
}
