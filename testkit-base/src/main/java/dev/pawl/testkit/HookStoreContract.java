package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.service.store.NewJob;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every store of hooks, as tests. The tests of a store have one subclass, which opens it. */
public abstract class HookStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HELD = Duration.ofDays(7);

    /** The store under test. */
    protected abstract HookStore hooks();

    /** The jobs in the same store. */
    protected abstract JobStore jobs();

    /** The inbox in the same store. */
    protected abstract InboxStore inbox();

    /** The audit log beside it. */
    protected abstract AuditLog audit();

    /** Closes all and opens them again, with their contents. */
    protected abstract void reopen();

    @Test
    void aHookIsFoundAsItWasPutAlsoAfterAReopening() {
        JobRequest job = JobRequest.builder(List.of(new Task("a", Map.of("x", 1)), new Task("b", Map.of())))
                .title("Deploy")
                .priority(3)
                .build();
        HookRequest request = new HookRequest(
                "deploy",
                job,
                List.of(Map.of("ref", ValueSource.of("/ref")), Map.of("all", ValueSource.of(""))),
                MissingValue.OMIT,
                new HookAuth(HookScheme.HMAC, "X-Mine", "sealed", "sealed before"),
                ValueSource.of("header:X-Id"),
                Duration.ofHours(3),
                List.of(
                        new HookFilter(
                                ValueSource.of("/n"), List.of(1, "two", new BigDecimal("3.50"), true), null, false),
                        new HookFilter(ValueSource.of("query:q"), null, "refs/", true)),
                "renderer",
                true);
        assertTrue(await(hooks().put(new KeptHook(request, 0, NOW, null), null)).isDone());
        reopen();
        assertEquals(new KeptHook(request, 1, NOW, null), hooks().find("deploy").orElseThrow());
        assertEquals(hooks().find("deploy"), hooks().findBySource("renderer"));
        assertEquals(Optional.empty(), hooks().find("Deploy"));
        assertEquals(Optional.empty(), hooks().findBySource("other"));
    }

    @Test
    void aChangeOfAnotherRevisionChangesNothing() {
        KeptHook first = put("a", null);
        assertFalse(await(hooks().put(new KeptHook(request("a", "x"), 0, NOW, null), null))
                .isDone());
        assertTrue(await(hooks().put(new KeptHook(request("a", "x"), first.revision(), NOW, null), null))
                .isDone());
        assertFalse(await(hooks().put(new KeptHook(request("a", "y"), first.revision(), NOW, null), null))
                .isDone());
        assertEquals("x", hooks().find("a").orElseThrow().request().callbackSource());
    }

    @Test
    void twoHooksCannotHaveOneSource() {
        put("a", "renderer");
        var refused = assertThrows(
                ProblemException.class,
                () -> await(hooks().put(new KeptHook(request("b", "renderer"), 0, NOW, null), null)));
        assertEquals(ProblemCode.CALLBACK_SOURCE_TAKEN, refused.code());
        assertEquals(Optional.empty(), hooks().find("b"));
        KeptHook own = hooks().find("a").orElseThrow();
        assertTrue(await(hooks().put(own, null)).isDone());
    }

    @Test
    void theListIsInTheOrderOfNamesAfterAName() {
        List.of("b", "a", "c", "B").forEach(name -> put(name, null));
        assertEquals(List.of("B", "a", "b"), names(hooks().list("", 3)));
        assertEquals(List.of("c"), names(hooks().list("b", 3)));
    }

    @Test
    void aDeletedHookIsGoneWithItsCallsAndWhetherThereWasOneIsSaid() {
        put("a", null);
        start("a", "id", NOW);
        assertTrue(await(hooks().delete("a", null)));
        assertFalse(await(hooks().delete("a", null)));
        reopen();
        put("a", null);
        assertEquals(List.of(), hooks().deliveries("a", Long.MAX_VALUE, 10));
        start("a", "id", NOW);
    }

    @Test
    void eachChangeBringsItsEntryAndWhatChangesNothingBringsNone() {
        assertEquals(List.of(), audit().after(0, 10));
        await(hooks().put(new KeptHook(request("a", null), 0, NOW, null), change("hook.put")));
        await(hooks().put(new KeptHook(request("a", null), 0, NOW, null), change("hook.put")));
        await(hooks().delete("a", change("hook.remove")));
        await(hooks().delete("a", change("hook.remove")));
        assertEquals(
                List.of("hook.put", "hook.remove"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().action())
                        .toList());
    }

    @Test
    void aCallAddsItsJobAndIsInTheHistoryAfterAReopening() {
        put("a", null);
        Job job = start("a", "id", NOW);
        reopen();
        Delivery call = hooks().deliveries("a", Long.MAX_VALUE, 10).get(0);
        assertEquals(new Delivery(call.n(), NOW, "id", DeliveryOutcome.STARTED, job.id(), ""), call);
        assertEquals(call, hooks().find("a").orElseThrow().last());
        assertEquals(Optional.of(call), hooks().remembered("a", "id", NOW));
        assertEquals(Optional.of(job.id()), jobs().find(job.id()).map(Job::id));
    }

    @Test
    void aRepeatedDeliveryAddsNothingAndSaysSo() {
        put("a", null);
        put("b", null);
        start("a", "id", NOW);
        reopen();
        assertKnown("a", "id", NOW.plus(HELD).minusSeconds(1));
        assertEquals(1, jobs().pending(10).size());
        start("b", "id", NOW); // of another hook
        start("a", "other", NOW);
        start("a", null, NOW);
        start("a", null, NOW);
        assertEquals(5, jobs().pending(10).size());
    }

    @Test
    void aDeliveryIsForgottenAfterItsTime() {
        put("a", null);
        Job first = start("a", "id", NOW);
        Instant later = NOW.plus(HELD);
        assertEquals(Optional.empty(), hooks().remembered("a", "id", later));
        Job second = start("a", "id", later);
        assertEquals(
                Optional.of(second.id()), hooks().remembered("a", "id", later).map(Delivery::job));
        assertEquals(
                List.of(second.id(), first.id()),
                hooks().deliveries("a", Long.MAX_VALUE, 10).stream()
                        .map(Delivery::job)
                        .toList());
        assertKnown("a", "id", later.plusSeconds(1));
    }

    @Test
    void aJobThatHoldsTheUniqueKeyIsNamedAndTheDeliveryRemembered() {
        put("a", null);
        JobRequest unique = JobRequest.builder(List.of(new Task("mail", Map.of())))
                .uniqueKey("k")
                .build();
        Job holder = await(jobs().add(List.of(new NewJob(UUID.randomUUID(), unique, NOW))))
                .get(0);
        NewJob wanted = new NewJob(
                UUID.randomUUID(), unique, NOW, held -> {}, null, null, delivery("a", "id", NOW, null), null);
        assertEquals(holder.id(), await(jobs().add(List.of(wanted))).get(0).id());
        Delivery call = hooks().deliveries("a", Long.MAX_VALUE, 1).get(0);
        assertEquals(DeliveryOutcome.EXISTING, call.outcome());
        assertEquals(holder.id(), call.job());
        assertKnown("a", "id", NOW);
    }

    @Test
    void aCallOfAHookThatIsGoneAddsNothing() {
        var refused = assertThrows(ProblemException.class, () -> start("a", "id", NOW));
        assertEquals(ProblemCode.UNKNOWN_HOOK, refused.code());
        assertEquals(List.of(), jobs().pending(10));
        await(hooks().record("a", Delivery.of(NOW, null, DeliveryOutcome.FILTERED, null, "")));
        assertEquals(List.of(), hooks().deliveries("a", Long.MAX_VALUE, 10));
    }

    @Test
    void aCallbackIsKeptWithItsJobOrNotAtAll() {
        put("a", "renderer");
        ReceivedCallback callback =
                new ReceivedCallback(0, UUID.randomUUID(), NOW, "one", "renderer", "done", "{\"n\":1}");
        Job job = await(jobs().add(List.of(newJob(delivery("a", "id", NOW, callback)))))
                .get(0);
        reopen();
        assertEquals("one", inbox().find(callback.id()).orElseThrow().callbackId());
        assertEquals(job.id(), hooks().deliveries("a", Long.MAX_VALUE, 1).get(0).job());
        ReceivedCallback again =
                new ReceivedCallback(0, UUID.randomUUID(), NOW, "one", "renderer", "done", "{\"n\":1}");
        assertThrows(ProblemException.class, () -> await(jobs().add(List.of(newJob(delivery("a", "id", NOW, again))))));
        assertEquals(Optional.empty(), inbox().find(again.id()));
        assertEquals(1, inbox().totals().callbacks());
    }

    @Test
    void theHistoryKeepsTheLastCallsAndThoseThatAreRemembered() {
        put("a", null);
        Job remembered = start("a", "id", NOW);
        record(3 * HookStore.LEAST_CALLS, "n", NOW);
        List<Delivery> calls = hooks().deliveries("a", Long.MAX_VALUE, 1_000);
        assertTrue(
                calls.size() > HookStore.LEAST_CALLS && calls.size() <= 2 * HookStore.LEAST_CALLS + 1,
                calls.size() + " calls");
        assertEquals(remembered.id(), calls.get(calls.size() - 1).job());
        assertEquals("n" + (3 * HookStore.LEAST_CALLS - 1), calls.get(0).deliveryId());
        assertEquals(calls.subList(2, 5), hooks().deliveries("a", calls.get(1).n(), 3));
        Instant later = NOW.plus(HELD).plusSeconds(1);
        record(2 * HookStore.LEAST_CALLS, "later", later);
        assertTrue(hooks().deliveries("a", Long.MAX_VALUE, 1_000).stream().noneMatch(call -> call.job() != null));
    }

    /** Records calls that get no job, one after the other, and waits for all. */
    private void record(int calls, String id, Instant at) {
        List<CompletionStage<Void>> recorded = new ArrayList<>();
        for (int n = 0; n < calls; n++) {
            recorded.add(hooks().record("a", Delivery.of(at, id + n, DeliveryOutcome.FILTERED, null, "")));
        }
        recorded.forEach(JobStoreDriver::await);
    }

    @Test
    void aCallThatGetsNoJobDoesNotTakeTheIdOfOneThatDoes() {
        put("a", null);
        await(hooks().record("a", Delivery.of(NOW, "id", DeliveryOutcome.REFUSED, null, "no")));
        assertEquals(Optional.empty(), hooks().remembered("a", "id", NOW));
        start("a", "id", NOW);
        await(hooks().record("a", Delivery.of(NOW, "id", DeliveryOutcome.DUPLICATE, null, "again")));
        assertEquals(
                List.of(DeliveryOutcome.DUPLICATE, DeliveryOutcome.STARTED, DeliveryOutcome.REFUSED),
                hooks().deliveries("a", Long.MAX_VALUE, 10).stream()
                        .map(Delivery::outcome)
                        .toList());
        assertNull(hooks().deliveries("a", Long.MAX_VALUE, 10).get(2).job());
    }

    private void assertKnown(String hook, String id, Instant at) {
        var refused = assertThrows(ProblemException.class, () -> start(hook, id, at));
        assertEquals(ProblemCode.DELIVERY_KNOWN, refused.code());
    }

    private Job start(String hook, @Nullable String id, Instant at) {
        return await(jobs().add(List.of(newJob(delivery(hook, id, at, null))))).get(0);
    }

    private static NewJob newJob(HookDelivery delivery) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("mail", Map.of()))).build();
        return new NewJob(UUID.randomUUID(), request, delivery.at(), held -> {}, null, null, delivery, null);
    }

    private static HookDelivery delivery(
            String hook, @Nullable String id, Instant at, @Nullable ReceivedCallback callback) {
        return new HookDelivery(hook, id, at, HELD, List.of(), callback);
    }

    private KeptHook put(String name, @Nullable String source) {
        HookStore.Put put = await(hooks().put(new KeptHook(request(name, source), 0, NOW, null), null));
        assertTrue(put.isDone());
        return hooks().find(name).orElseThrow();
    }

    private static HookRequest request(String name, @Nullable String source) {
        return new HookRequest(
                name,
                JobRequest.builder(List.of(new Task("mail", Map.of()))).build(),
                List.of(),
                MissingValue.REFUSE,
                new HookAuth(HookScheme.GITHUB, null, "sealed", null),
                null,
                HookRequest.USUAL,
                List.of(),
                source,
                false);
    }

    private static List<String> names(List<KeptHook> hooks) {
        return hooks.stream().map(KeptHook::name).toList();
    }

    private static AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.HTTP), action, "a", NOW);
    }
}
