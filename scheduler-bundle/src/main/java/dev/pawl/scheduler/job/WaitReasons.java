package dev.pawl.scheduler.job;

import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.After;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers "why is my job not running?" from what is true at the moment; nothing of it is stored. */
public final class WaitReasons {

    private static final String RESUME = "`pawl resume ID`, or `job:resume` in the shell.";

    /** The jobs that a reason names. */
    private static final int MOST_NAMED = 3;

    private final JobStore store;
    private final InstantSource clock;
    private final ReadyModules ready;
    private final InstalledModules installed;
    private final QueueControls controls;
    private final ClaimPolicy policy;
    private final String worker;
    private final int slots;
    private final Predicate<UUID> onTrial;

    /** @param onTrial whether a running job, if it is suspected, has the server for itself */
    public WaitReasons(
            JobStore store,
            InstantSource clock,
            ReadyModules ready,
            InstalledModules installed,
            QueueControls controls,
            ClaimPolicy policy,
            String worker,
            int slots,
            Predicate<UUID> onTrial) {
        this.store = store;
        this.clock = clock;
        this.ready = ready;
        this.installed = installed;
        this.controls = controls;
        this.policy = policy;
        this.worker = worker;
        this.slots = slots;
        this.onTrial = onTrial;
    }

    /**
     * The reason of a job, while others are running.
     *
     * @param before number of waiting jobs that would be claimed first; null when that is not known
     */
    public Reason of(Job job, @Nullable Long before, List<RunningJob> running) {
        Integer position = before == null ? null : Math.toIntExact(Math.min(before, Integer.MAX_VALUE - 1) + 1);
        return switch (job.state().status()) {
            case RUNNING ->
                new Reason(
                        ReasonCode.RUNNING,
                        "It is running" + on(job.state().worker()) + ".",
                        "Nothing: it is not waiting.",
                        null);
            case COMPLETED, FAILED, STOPPED ->
                new Reason(
                        ReasonCode.FINISHED,
                        "It is " + job.state().status().wireName() + ".",
                        "Nothing: a job that has ended stays as it is. Start a new one.",
                        null);
            case PENDING ->
                time(job, position)
                        .or(() -> held(ids(job), running, position))
                        .or(() -> trial(job, running, position))
                        .orElseGet(() -> queued(running, position));
        };
    }

    /** The reason of a job, with its position and the running jobs looked up. */
    Reason of(Job job) {
        boolean waits = job.state().status().successors().contains(JobStatus.RUNNING);
        return waits ? of(job, store.pendingBefore(job.id()), store.runningJobs()) : of(job, null, List.of());
    }

    private Optional<Reason> time(Job job, @Nullable Integer position) {
        Instant due = job.state().dueAt();
        if (due == null || !due.isAfter(clock.instant())) {
            return Optional.empty();
        }
        Failure failure = job.state().failure();
        if (job.state().parked() == ParkReason.RETRY && failure != null) {
            String again = "Attempt " + job.state().attempt() + " of "
                    + job.request().retry().maxAttempts() + " is at " + due + ", after: " + failure.message();
            return Optional.of(new Reason(
                    ReasonCode.RETRY,
                    again + (again.endsWith(".") ? "" : "."),
                    "That time coming; sooner with " + RESUME,
                    position));
        }
        if (due.equals(DueFire.AFTER_EARLIER_JOBS)) {
            return Optional.of(new Reason(
                    ReasonCode.WAITING_FOR_JOB,
                    "It waits until the earlier jobs of its schedule have ended.",
                    "Their end, by itself; sooner with " + RESUME,
                    position));
        }
        if (due.equals(After.DUE)) {
            return Optional.of(otherJobs(job, position));
        }
        return Optional.of(new Reason(
                ReasonCode.SCHEDULED,
                "It is scheduled for " + due + ".",
                "That time coming; sooner with " + RESUME,
                position));
    }

    private Reason otherJobs(Job job, @Nullable Integer position) {
        OpenWaits waits = store.waits(job.id(), MOST_NAMED);
        String named = waits.waitsFor().stream()
                .map(other -> other.id() + " (" + other.status().wireName() + ")")
                .collect(Collectors.joining(", "));
        long more = waits.waitsForCount() - waits.waitsFor().size();
        boolean completion = job.request().after().on() == After.On.COMPLETED;
        return new Reason(
                ReasonCode.WAITING_FOR_JOB,
                "It waits for " + (completion ? "the completion" : "the end") + " of job"
                        + (waits.waitsForCount() == 1 ? " " : "s ") + named
                        + (more == 0 ? "." : " and " + more + " more."),
                (completion
                                ? "That, by itself; when one fails, is stopped or is removed, this job fails"
                                : "That, by itself")
                        + "; sooner with " + RESUME,
                position);
    }

    private Optional<Reason> queuePaused(@Nullable Integer position) {
        return controls.isQueueDisabled()
                ? Optional.of(new Reason(
                        ReasonCode.QUEUE_PAUSED,
                        "The queue is paused.",
                        "Letting the queue go on: `pawl queue resume`, or `queue:resume` in the shell.",
                        position))
                : Optional.empty();
    }

    private static List<String> ids(Job job) {
        return job.request().tasks().stream().map(Task::module).distinct().toList();
    }

    /** The cause that holds any job of these modules that is due; empty when it may start with the next free slot. */
    Optional<Reason> held(List<String> modules, List<RunningJob> running, @Nullable Integer position) {
        return queuePaused(position)
                .or(() -> modules(modules, position))
                .or(() -> workerDisabled(position))
                .or(() -> drained(position))
                .or(() -> limit(modules, running, position));
    }

    private Optional<Reason> modules(List<String> ids, @Nullable Integer position) {
        Set<String> here = ids.stream()
                .filter(id ->
                        ready.current(id).isPresent() || installed.find(id).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!here.isEmpty() && here.size() < ids.size()) {
            return Optional.of(partlyHere(ids, here, position));
        }
        return ids.stream()
                .map(id -> module(id, position))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Reason partlyHere(List<String> ids, Set<String> here, @Nullable Integer position) {
        String missing = ids.stream().filter(id -> !here.contains(id)).collect(Collectors.joining(", "));
        return new Reason(
                ReasonCode.MODULE_MISSING,
                "Its tasks belong partly here and partly elsewhere: " + String.join(", ", here)
                        + " is installed here, and " + missing + " is not.",
                "Installing the rest (`pawl module install`), or an external worker that has all of "
                        + String.join(", ", ids) + ".",
                position);
    }

    private Optional<Reason> module(String id, @Nullable Integer position) {
        if (controls.isHeld(id)) {
            return Optional.of(new Reason(
                    ReasonCode.MODULE_UPDATING,
                    "Module " + id + " is being updated.",
                    "The end of the update, by itself.",
                    position));
        }
        if (ready.current(id).isEmpty()) {
            return Optional.of(installed
                    .find(id)
                    .map(module -> notReady(module, position))
                    .orElseGet(() -> new Reason(
                            ReasonCode.MODULE_MISSING,
                            "Module " + id + " is not installed here.",
                            "Installing it (`pawl module install`), or an external worker that has it.",
                            position)));
        }
        return controls.isPaused(id)
                ? Optional.of(new Reason(
                        ReasonCode.MODULE_PAUSED,
                        "The jobs of module " + id + " are paused.",
                        "Letting the module go on: `pawl module resume " + id + "`, or `module:resume` in the shell.",
                        position))
                : Optional.empty();
    }

    private static Reason notReady(InstalledModule module, @Nullable Integer position) {
        if (module.state() == ModuleState.DISABLED) {
            return new Reason(
                    ReasonCode.MODULE_DISABLED,
                    "Module " + module.id() + " is disabled.",
                    "`pawl module enable " + module.id() + "`.",
                    position);
        }
        if (module.state() == ModuleState.RETIRING) { // it was uninstalled, and its running jobs may end
            return new Reason(
                    ReasonCode.MODULE_DISABLED,
                    "Module " + module.id() + " takes no more jobs; it goes when those that run there have ended.",
                    "Installing it again.",
                    position);
        }
        String explanation = module.explanation().isEmpty() ? "It is starting." : module.explanation();
        return new Reason(
                ReasonCode.MODULE_UNSATISFIED,
                "Module " + module.id() + " is installed but takes no jobs: " + explanation,
                "Mending that; `pawl module show " + module.id() + "` shows it.",
                position);
    }

    private Optional<Reason> workerDisabled(@Nullable Integer position) {
        return controls.isDisabled(worker)
                ? Optional.of(new Reason(
                        ReasonCode.WORKER_DISABLED,
                        "This server's worker " + worker + " is disabled.",
                        "Enabling it: PATCH /workers/" + worker + ".",
                        position))
                : Optional.empty();
    }

    private Optional<Reason> drained(@Nullable Integer position) {
        boolean isShared = store.sharedWorkers().isPresent();
        return controls.drain(worker)
                .map(order -> new Reason(
                        ReasonCode.SERVER_DRAINED,
                        isShared ? "This server is drained; the job is for others." : "This server is drained.",
                        (isShared ? "A slot becoming free on another server, by itself; or taking" : "Taking")
                                + " this one back: `pawl drain --undo`.",
                        position));
    }

    private Optional<Reason> limit(List<String> ids, List<RunningJob> running, @Nullable Integer position) {
        return ids.stream()
                .filter(id -> policy.limit(id) > 0 && count(running, id) >= policy.limit(id))
                .findFirst()
                .map(id -> new Reason(
                        ReasonCode.MODULE_LIMIT,
                        "Module " + id + " runs " + policy.limit(id) + " job(s) at once, and " + count(running, id)
                                + " run.",
                        "One of them ending, or a higher `pawl.concurrency` in the module's settings.",
                        position));
    }

    private Optional<Reason> trial(Job job, List<RunningJob> running, @Nullable Integer position) {
        if (job.state().isSuspected()) {
            return Optional.of(new Reason(
                    ReasonCode.CRASH_TRIAL,
                    "The server ended " + job.state().crashes() + " times while it ran, so it begins alone.",
                    "What runs going on for " + ClaimRequest.TRIAL.toSeconds() + " s or ending, by itself.",
                    position));
        }
        return trialOfAnother(running, position);
    }

    /** The trial of another job, for which one waits that would otherwise be next. */
    Optional<Reason> trialOfAnother(List<RunningJob> running, @Nullable Integer position) {
        return running.stream()
                .filter(other -> other.isSuspected() && onTrial.test(other.id()))
                .findFirst()
                .map(other -> new Reason(
                        ReasonCode.CRASH_TRIAL,
                        "Job " + other.id() + " is tried alone, because the server ended " + other.crashes()
                                + " times while it ran.",
                        "That job ending, getting further, or running for " + ClaimRequest.TRIAL.toSeconds()
                                + " s, by itself.",
                        position));
    }

    /** The reason of a job that nothing but the others holds. */
    Reason queued(List<RunningJob> running, @Nullable Integer position) {
        long here = running.stream().filter(RunningJob::isHere).count();
        String behind = position == null
                ? "Queued"
                : position == 1
                        ? "Next in the queue"
                        : "Queued behind " + (position - 1) + plural(position - 1, " job");
        String taken = slots == 1 ? "; the only slot is taken." : "; all " + slots + " slots are taken.";
        return new Reason(
                ReasonCode.QUEUED,
                behind + (here >= slots ? taken : "."),
                "A slot becoming free, by itself.",
                position);
    }

    private static long count(List<RunningJob> running, String module) {
        return running.stream().filter(job -> job.modules().contains(module)).count();
    }

    private static String plural(long count, String noun) {
        return count == 1 ? noun : noun + "s";
    }

    private static String on(@Nullable String worker) {
        return worker == null ? "" : " on worker " + worker;
    }
}
