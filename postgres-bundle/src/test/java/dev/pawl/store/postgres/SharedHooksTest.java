package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.store.postgres.TwoStores.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.kit.HookCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The hooks of two stores on one database. */
@ExtendWith(TestDatabase.class)
class SharedHooksTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HELD = Duration.ofDays(7);
    private static final int ROUNDS = 40;

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresHooks ofFirst;
    private PostgresHooks ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresHooks(stores.first);
        ofSecond = new PostgresHooks(stores.second);
    }

    private static JobRequest job() {
        return JobRequest.builder(List.of(new Task("mail", Map.of()))).build();
    }

    private static KeptHook hook(String name, @Nullable String source) {
        HookRequest request = new HookRequest(
                name,
                job(),
                List.of(),
                MissingValue.REFUSE,
                new HookAuth(HookScheme.GITHUB, null, "sealed", null),
                null,
                HookRequest.USUAL,
                List.of(),
                source,
                false);
        return new KeptHook(request, 0, NOW, null);
    }

    private static CompletionStage<List<Job>> call(PostgresStore server, @Nullable String id, Instant at) {
        HookDelivery delivery = new HookDelivery("a", id, at, HELD, List.of(), null);
        return server.add(List.of(new NewJob(UUID.randomUUID(), job(), at, held -> {}, null, null, delivery, null)));
    }

    @Test
    void aDeliveryThatBothServersGetStartsOneJob() {
        await(ofFirst.put(hook("a", null), null));
        List<CompletionStage<List<Job>>> calls = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            calls.add(call(stores.first, "n" + round, NOW));
            calls.add(call(stores.second, "n" + round, NOW));
        }
        List<ProblemCode> refused = calls.stream()
                .map(TwoStores::refusal)
                .filter(code -> code != null)
                .toList();
        assertEquals(ROUNDS, refused.size());
        assertTrue(refused.stream().allMatch(ProblemCode.DELIVERY_KNOWN::equals), refused.toString());
        assertEquals(ROUNDS, stores.first.counts().get(JobStatus.PENDING));
        List<Delivery> history = ofSecond.deliveries("a", Long.MAX_VALUE, 2 * ROUNDS);
        assertEquals(ROUNDS, history.size());
        assertEquals(ROUNDS, history.stream().map(Delivery::job).distinct().count());
    }

    @Test
    void idsAreRememberedByTheClockOfTheDatabaseWhateverThatOfAServerSays() {
        Instant ofOne = ofFirst.clock(() -> Instant.EPOCH).instant();
        Instant ofOther = ofSecond.clock(() -> NOW.plus(HELD)).instant();
        Duration apart = Duration.between(ofOne, ofOther).abs();
        assertTrue(apart.compareTo(Duration.ofSeconds(5)) < 0, "apart by " + apart);
    }

    @Test
    void aDeliveryThatComesAgainAfterItsTimeToBothStartsOneMore() {
        await(ofFirst.put(hook("a", null), null));
        for (int round = 0; round < ROUNDS; round++) {
            Instant at = NOW.plus(HELD.multipliedBy(round));
            var one = call(stores.first, "same", at);
            var other = call(stores.second, "same", at);
            assertTrue(refusal(one) == null ^ refusal(other) == null, "in round " + round);
        }
        assertEquals(ROUNDS, stores.first.counts().get(JobStatus.PENDING));
    }

    @Test
    void ofTwoServersThatGiveTheirHooksTheSameSourceOneIsRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            CompletionStage<HookStore.Put> one = ofFirst.put(hook("one", "s"), null);
            CompletionStage<HookStore.Put> other = ofSecond.put(hook("other", "s"), null);
            ProblemCode refusedOne = refusal(one);
            ProblemCode refusedOther = refusal(other);
            assertTrue(refusedOne == null ^ refusedOther == null, refusedOne + ", " + refusedOther);
            assertEquals(ProblemCode.CALLBACK_SOURCE_TAKEN, refusedOne == null ? refusedOther : refusedOne);
            assertTrue(await(ofSecond.delete(refusedOne == null ? "one" : "other", null)));
        }
    }

    @Test
    void aCallThatMeetsTheRemovalOfItsHookStartsItsJobOrIsRefused() {
        long jobs = 0;
        for (int round = 0; round < ROUNDS; round++) {
            await(ofFirst.put(hook("a", null), null));
            CompletableFuture<Boolean> removal = ofFirst.delete("a", null).toCompletableFuture();
            ProblemCode refused = refusal(call(stores.second, "n" + round, NOW));
            assertTrue(refused == null || refused == ProblemCode.UNKNOWN_HOOK, String.valueOf(refused));
            jobs += refused == null ? 1 : 0;
            assertTrue(await(removal));
            assertEquals(List.of(), ofSecond.deliveries("a", Long.MAX_VALUE, 10));
        }
        assertEquals(jobs, stores.first.counts().get(JobStatus.PENDING));
    }

    @Test
    void theHistoryIsBoundedWhicheverServerIsCalled() {
        await(ofFirst.put(hook("a", null), null));
        List<CompletionStage<Void>> recorded = new ArrayList<>();
        for (int n = 0; n < 3 * HookStore.LEAST_CALLS; n++) {
            Delivery call = Delivery.of(NOW, null, DeliveryOutcome.FILTERED, null, "");
            recorded.add(ofFirst.record("a", call));
            recorded.add(ofSecond.record("a", call));
        }
        recorded.forEach(TwoStores::await);
        int kept = ofFirst.deliveries("a", Long.MAX_VALUE, 1_000).size();
        int most = 2 * (HookStore.LEAST_CALLS + HookCalls.ROOM); // when neither has seen what the other was writing
        assertTrue(kept >= HookStore.LEAST_CALLS && kept <= most, kept + " calls");
    }
}
