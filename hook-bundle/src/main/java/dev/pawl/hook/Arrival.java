package dev.pawl.hook;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that a hook has accepted: what the hook's rules make of it. */
final class Arrival {

    private static final String GITHUB_EVENT = "x-github-event";
    private static final String GITHUB_PING = "ping";

    private final HookRequest hook;
    private final HookCall call;
    private final CallValues values;

    /** The outcome of a call that gets no job, with the reason. */
    record Passed(DeliveryOutcome outcome, String detail) {}

    /**
     * Applies the rules of a hook to a call.
     *
     * @param values the values of the call
     */
    Arrival(HookRequest hook, HookCall call, CallValues values) {
        this.hook = hook;
        this.call = call;
        this.values = values;
    }

    /**
     * A call whose body is not read yet.
     *
     * @throws ProblemException {@code HOOK_MISMATCH} when the body cannot be read
     */
    static Arrival of(HookRequest hook, HookCall call) {
        Object body = isPing(hook, call) ? null : CallBody.of(call); // that of a ping is of no interest
        return new Arrival(hook, call, new CallValues(call, body));
    }

    /** Whether the sender only tries out the hook. */
    private static boolean isPing(HookRequest hook, HookCall call) {
        return hook.auth().scheme() == HookScheme.GITHUB
                && GITHUB_PING.equals(call.headers().get(GITHUB_EVENT));
    }

    /**
     * The id of the delivery; null when it has none.
     *
     * @throws ProblemException {@code HOOK_MISMATCH} when the value there is none
     */
    @Nullable
    String deliveryId() {
        for (ValueSource source : hook.deliveryIds()) {
            Optional<Object> value = values.at(source);
            if (value.isPresent()) {
                return id(source, value.get());
            }
        }
        return null;
    }

    private static String id(ValueSource source, Object value) {
        boolean isPlain = value instanceof String || value instanceof Number;
        String text = value.toString().strip();
        if (!isPlain || !TextLimit.ID.fits(text)) {
            throw new ProblemException(
                    ProblemCode.HOOK_MISMATCH,
                    "The id of the delivery, which is at \"" + source + "\", "
                            + (isPlain ? "has " + text.length() + " characters" : "is a list, an object or a boolean")
                            + "; it takes a text of 1 to " + TextLimit.ID.characters() + " characters, or a number.");
        }
        return text;
    }

    /** Why the call gets no job, though nothing is wrong with it; empty when it gets one. */
    Optional<Passed> passed() {
        if (isPing(hook, call)) {
            return Optional.of(new Passed(DeliveryOutcome.PING, "The sender tried out the hook."));
        }
        if (hook.paused()) {
            return Optional.of(new Passed(DeliveryOutcome.PAUSED, "The hook is paused."));
        }
        return Conditions.broken(hook.filters(), values)
                .map(filter -> new Passed(DeliveryOutcome.FILTERED, sentence(filter)));
    }

    private static String sentence(HookFilter filter) {
        return "The filter on \"" + filter.value() + "\" does not hold.";
    }

    /**
     * The inputs that the call brings, for each task; empty when it brings none.
     *
     * @throws ProblemException {@code HOOK_MISMATCH} when one is missing, and that is refused
     */
    List<Map<String, Object>> inputs() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<String, ValueSource> mapping : hook.mappings()) {
            Map<String, Object> inputs = new LinkedHashMap<>();
            mapping.forEach((name, source) -> values.at(source)
                    .ifPresentOrElse(value -> inputs.put(name, value), () -> refuseMissing(name, source)));
            all.add(inputs);
        }
        return all;
    }

    private void refuseMissing(String name, ValueSource source) {
        if (hook.missing() == MissingValue.REFUSE) {
            throw new ProblemException(
                    ProblemCode.HOOK_MISMATCH,
                    "The call has nothing at \"" + source + "\", from where the input " + name
                            + " is taken. With missing: omit the hook would leave the input out.");
        }
    }
}
