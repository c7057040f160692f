package dev.pawl.http.repeat;

import dev.pawl.http.condition.Digest;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Route;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.KeptAnswers.KeptAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a request that is repeated with its {@code Idempotency-Key} the first answer again. Only answers of success are kept: a request that
 * was refused or failed changed nothing, and leaves its key unused. A request without a key pays nothing. Safe for many threads.
 */
public final class RepeatableRequests {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatableRequests.class);

    private static final String REPLAYED = "Idempotent-Replayed";

    /** The detail in the audit. */
    private static final String NOTHING_DONE =
            "The request was repeated with its Idempotency-Key: it got the first answer again, and nothing was done.";

    private final Supplier<KeptAnswers> kept;
    private final Supplier<InstantSource> clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    public RepeatableRequests(Supplier<KeptAnswers> kept, Supplier<InstantSource> clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /** The route with the keeping of answers that it declares. */
    public Route applied(Route route) {
        return switch (route.repetition()) {
            case AGAIN, BY_HANDLER -> route;
            case KEPT -> route.handledBy(call -> once(call, call.bytes(), route.handler()));
            case SEALED -> route.handledBy(call -> sealed(call, route.handler()));
        };
    }

    /**
     * Lets a handler answer once; keeps its answer after that.
     *
     * @param body the bytes by which the request is told apart from others, or their digest
     */
    public Answer once(Call call, byte[] body, Handler handler) throws IOException {
        Optional<String> given = IdempotencyKey.of(call.request().getHeaders());
        if (given.isEmpty()) {
            return handler.handle(call);
        }
        RequestKey key = key(call, given.get(), body);
        return first(key, FirstAnswer::of, () -> later(handler.handle(call))
                .thenCompose(answer -> keep(key, answer, text -> text)));
    }

    private Answer sealed(Call call, Handler handler) throws IOException {
        Optional<String> given = IdempotencyKey.of(call.request().getHeaders());
        if (given.isEmpty()) {
            return handler.handle(call);
        }
        RequestKey key = key(call, given.get(), call.bytes());
        SealedAnswer seal = SealedAnswer.of(given.get(), key);
        return first(key, kept -> FirstAnswer.of(object(seal.opened(kept))), () -> later(handler.handle(call))
                .thenCompose(answer ->
                        keep(key, answer, text -> JsonText.text(json -> JsonText.value(json, seal.closed(text))))));
    }

    /**
     * Lets a handler answer that keeps its answer itself, together with what it makes.
     *
     * @param first gives the first answer; its key is null when the request has none
     * @param again gives a kept answer
     */
    public Answer kept(Call call, Function<@Nullable RequestKey, Answer> first, Function<Map<String, ?>, Answer> again)
            throws IOException {
        Optional<String> given = IdempotencyKey.of(call.request().getHeaders());
        if (given.isEmpty()) {
            return first.apply(null);
        }
        RequestKey key = key(call, given.get(), call.bytes());
        return first(key, again, () -> later(first.apply(key)));
    }

    private RequestKey key(Call call, String given, byte[] body) {
        String digest = new Digest()
                .with(String.valueOf(call.request().getHttpURI().getPathQuery()))
                .with(body)
                .text();
        return new RequestKey(
                IdempotencyKey.scoped(given, call.actor(), call.route()),
                digest,
                clock.get().instant());
    }

    /** Gives an answer that may come later. */
    private interface Work {
        CompletionStage<Answer> answer() throws IOException;
    }

    private Answer first(RequestKey key, Function<Map<String, ?>, Answer> again, Work work) throws IOException {
        if (!underWay.add(key.key())) {
            throw new ProblemException(
                    ProblemCode.REQUEST_UNDER_WAY, "A request with this Idempotency-Key is being answered now.");
        }
        CompletionStage<Answer> answer;
        try {
            Optional<KeptAnswer> before = kept.get().find(key.key());
            answer = before.isPresent()
                    ? CompletableFuture.completedFuture(repeated(key, before.get(), again))
                    : work.answer();
        } catch (IOException | RuntimeException | Error e) {
            underWay.remove(key.key());
            throw e;
        }
        return new Answer.Later(answer.whenComplete((done, failure) -> underWay.remove(key.key())));
    }

    private static Answer repeated(RequestKey key, KeptAnswer before, Function<Map<String, ?>, Answer> again) {
        if (!before.digest().equals(key.digest())) {
            throw new ProblemException(
                    ProblemCode.KEY_OF_ANOTHER_REQUEST,
                    "This Idempotency-Key was sent with another body or address before, and that request was answered.");
        }
        AuditedChange change = AuditedChange.current();
        if (change != null) {
            change.describe(NOTHING_DONE);
        }
        Answer answer = again.apply(object(before.json()));
        return answer instanceof Answer.JsonBody body ? body.with(REPLAYED, "true") : answer;
    }

    @SuppressWarnings("unchecked") // JSON has no other keys
    private static Map<String, ?> object(String json) {
        if (!(JsonTree.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> object)) {
            throw new IllegalStateException("The answer that is kept is not an object.");
        }
        return (Map<String, ?>) object;
    }

    private static CompletionStage<Answer> later(Answer answer) {
        return answer instanceof Answer.Later later ? later.answer() : CompletableFuture.completedFuture(answer);
    }

    /** Keeps an answer; what it answers was done, so it is given also when it cannot be kept. */
    private CompletionStage<Answer> keep(RequestKey key, Answer answer, UnaryOperator<String> form) {
        Optional<String> text = FirstAnswer.text(answer);
        if (text.isEmpty()) {
            return CompletableFuture.completedFuture(answer);
        }
        return kept.get().keep(key, form.apply(text.get())).handle((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "An answer cannot be kept; if its client repeats the request, it is carried out again",
                        failure);
            }
            return answer;
        });
    }
}
