package dev.pawl.testkit.fake;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookEntry;
import dev.pawl.service.hook.HookPreview;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hooks in memory, which take every call, and start no jobs. */
public final class FakeHooks implements Hooks {

    /** The job that each call is said to have started. */
    public static final UUID JOB = UUID.fromString("0000b8cd-af93-8df2-8ab5-db452e948921");

    /** The calls that came. */
    public final List<HookCall> calls = new CopyOnWriteArrayList<>();

    /** The refusal of each call; null to take them. */
    public volatile @Nullable ProblemException refusal;

    private final ConcurrentSkipListMap<String, HookRequest> requests = new ConcurrentSkipListMap<>();

    /** Forgets all hooks and calls. */
    public void forget() {
        requests.clear();
        calls.clear();
        refusal = null;
    }

    /** A hook as it was put, its secrets included. */
    public HookRequest request(String name) {
        HookRequest request = requests.get(name);
        if (request == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_HOOK, "There is no hook \"" + name + "\".");
        }
        return request;
    }

    @Override
    public List<HookEntry> list(@Nullable String after, int limit) {
        return (after == null ? requests : requests.tailMap(after, false))
                .values().stream().limit(limit).map(FakeHooks::entry).toList();
    }

    @Override
    public HookEntry get(String name) {
        return entry(request(name));
    }

    private static HookEntry entry(HookRequest request) {
        String secret = request.auth().secret();
        return new HookEntry(
                request.with(request.job(), request.auth().withSecrets(secret == null ? null : MASK, null)),
                Jobs.CREATED,
                new Delivery(7, Jobs.CREATED, "72d3162e", DeliveryOutcome.STARTED, JOB, ""));
    }

    @Override
    public CompletionStage<HookEntry> put(HookRequest request) {
        requests.put(request.name(), request);
        return CompletableFuture.completedStage(entry(request));
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        request(name);
        requests.remove(name);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<HookReceipt> receive(String name, HookCall call) {
        ProblemException refused = refusal;
        if (refused != null) {
            return CompletableFuture.failedStage(refused);
        }
        calls.add(call);
        return CompletableFuture.completedStage(new HookReceipt(DeliveryOutcome.STARTED, JOB, JobStatus.PENDING, ""));
    }

    @Override
    public HookPreview preview(String name, HookCall call) {
        calls.add(call);
        return new HookPreview(
                DeliveryOutcome.STARTED, "72d3162e", request(name).job(), "");
    }

    @Override
    public List<Delivery> deliveries(String name, long before, int limit) {
        return Stream.ofNullable(entry(request(name)).last())
                .filter(delivery -> delivery.n() < before)
                .limit(limit)
                .toList();
    }
}
