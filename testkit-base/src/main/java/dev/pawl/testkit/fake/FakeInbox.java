package dev.pawl.testkit.fake;

import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.CallbackInbox;
import dev.pawl.service.inbox.CallbackReceipt;
import dev.pawl.service.inbox.NewCallback;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** An inbox in memory. */
public final class FakeInbox implements CallbackInbox {

    /** The callbacks as they came. */
    public final List<NewCallback> sent = new CopyOnWriteArrayList<>();

    private final List<ReceivedCallback> kept = new CopyOnWriteArrayList<>();

    /** Forgets all callbacks. */
    public void forget() {
        sent.clear();
        kept.clear();
    }

    /** Adds a callback. */
    public void add(UUID id, String callbackId, String source, String payload) {
        kept.add(0, new ReceivedCallback(kept.size() + 1L, id, Jobs.CREATED, callbackId, source, "done", payload));
    }

    @Override
    public CompletionStage<CallbackReceipt> receive(NewCallback callback) {
        sent.add(callback);
        UUID id = UUID.randomUUID();
        add(id, String.valueOf(callback.callbackId()), String.valueOf(callback.source()), "{}");
        return CompletableFuture.completedStage(new CallbackReceipt(id, null));
    }

    @Override
    public List<ReceivedCallback> list(CallbackFilter filter) {
        return kept.stream()
                .filter(callback -> callback.n() < filter.before())
                .filter(callback -> filter.source() == null || Objects.equals(filter.source(), callback.source()))
                .filter(callback ->
                        filter.callbackId() == null || Objects.equals(filter.callbackId(), callback.callbackId()))
                .limit(filter.limit())
                .toList();
    }

    @Override
    public ReceivedCallback get(UUID id) {
        return kept.stream()
                .filter(callback -> callback.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_IN_INBOX, "There is no callback " + id + "."));
    }

    @Override
    public CompletionStage<Void> remove(UUID id) {
        kept.remove(get(id));
        return CompletableFuture.completedStage(null);
    }
}
