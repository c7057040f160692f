package dev.pawl.testkit.fake;

import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A worker registry that keeps heartbeats and hands out the jobs that a test has added. */
public final class FakeWorkers implements Workers {

    public final Deque<Job> waiting = new ConcurrentLinkedDeque<>();
    public volatile String lastPoll = "";
    public volatile String lastEnd = "";

    /** The servers that are drained, and the time of each. */
    public final Map<String, Duration> drains = new ConcurrentSkipListMap<>();

    public volatile @Nullable DrainState drainHere;

    /** The workers that are servers on the same store, by their ids. */
    public final Map<String, StoreServer> servers = new ConcurrentSkipListMap<>();

    private final Map<String, Heartbeat> beats = new ConcurrentSkipListMap<>();
    private final Map<String, Boolean> disabled = new ConcurrentSkipListMap<>();

    @Override
    public List<Worker> workers() {
        return beats.keySet().stream().flatMap(id -> worker(id).stream()).toList();
    }

    @Override
    public Optional<Worker> worker(String id) {
        return Optional.ofNullable(beats.get(id))
                .map(beat -> new Worker(
                        id,
                        beat,
                        Jobs.CREATED,
                        isDisabled(id),
                        List.of(),
                        servers.get(id),
                        drains.containsKey(id) ? DrainState.DRAINING : null));
    }

    @Override
    public CompletionStage<JobHold> beat(String id, Heartbeat heartbeat) {
        beats.put(id, heartbeat);
        return CompletableFuture.completedFuture(heartbeat.jobId() == null ? JobHold.NONE : JobHold.ENDED);
    }

    @Override
    public CompletionStage<Void> disable(String id, boolean off) {
        disabled.put(id, off);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> drain(String id, Duration drainTime) {
        drains.put(id, drainTime);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> undrain(String id) {
        drains.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isDrained(String id) {
        return drains.containsKey(id);
    }

    @Override
    public Optional<DrainState> drainHere() {
        return Optional.ofNullable(drainHere);
    }

    @Override
    public boolean isDisabled(String id) {
        return disabled.getOrDefault(id, false);
    }

    @Override
    public boolean remove(String id) {
        return beats.remove(id) != null;
    }

    @Override
    public CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules) {
        lastPoll = worker + " " + modules;
        return CompletableFuture.completedFuture(Optional.ofNullable(waiting.poll()));
    }

    @Override
    public CompletionStage<Void> completed(String job, @Nullable Long epoch, boolean failed, Object info) {
        if (job.startsWith("unknown")) {
            return CompletableFuture.failedFuture(
                    new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + job + "\"."));
        }
        lastEnd = job + (epoch == null ? "" : " run " + epoch) + " " + failed + " " + info;
        return CompletableFuture.completedFuture(null);
    }
}
