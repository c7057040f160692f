package dev.pawl.service.hook;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for a hook.
 *
 * @param name its name, of the form {@link #NAME}
 * @param job the request for each of its jobs; its inputs hold what no call brings
 * @param mappings for each task the inputs that a call brings, by name, with their places in it; empty when it brings none
 * @param missing the rule for an input whose place is empty
 * @param auth the proof that its callers give
 * @param deliveryId the place of the id by which a repeated delivery is known; null for that of the scheme
 * @param uniqueFor the time for which an id is remembered, {@link #SHORTEST} to {@link #LONGEST}
 * @param filters the conditions for calls that start a job; all must hold
 * @param callbackSource the source whose received callbacks start its jobs too; null for none
 * @param paused whether its calls start no jobs
 */
public record HookRequest(
        String name,
        JobRequest job,
        List<Map<String, ValueSource>> mappings,
        MissingValue missing,
        HookAuth auth,
        @Nullable ValueSource deliveryId,
        Duration uniqueFor,
        List<HookFilter> filters,
        @Nullable String callbackSource,
        boolean paused) {

    /** The form of a name: 1 to 100 letters of ASCII, digits, dots, hyphens and underscores, not a dot or a hyphen first. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** The shortest time for which an id is remembered. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The longest one. */
    public static final Duration LONGEST = Duration.ofDays(90);

    /** The time unless another one is given; senders repeat a delivery for three days, and people by hand. */
    public static final Duration USUAL = Duration.ofDays(7);

    /** The greatest number of filters. */
    public static final int MOST_FILTERS = 50;

    public HookRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is \"" + abbreviated(name)
                    + "\"; it takes 1 to 100 letters of ASCII, digits, '.', '-' and '_', not '.' or '-' first.");
        }
        if (!mappings.isEmpty() && mappings.size() != job.tasks().size()) {
            throw new IllegalArgumentException("mappings has " + mappings.size() + " entries; it takes one for each of"
                    + " the " + job.tasks().size() + " tasks.");
        }
        List<Map<String, ValueSource>> copies = new ArrayList<>();
        mappings.forEach(mapping -> copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(mapping))));
        mappings = List.copyOf(copies);
        filters = List.copyOf(filters);
        if (filters.size() > MOST_FILTERS) {
            throw new IllegalArgumentException(
                    "filters has " + filters.size() + " entries; it takes at most " + MOST_FILTERS + ".");
        }
        if (uniqueFor.compareTo(SHORTEST) < 0 || uniqueFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "unique_for is " + uniqueFor.toSeconds() + " seconds; it takes 1m to 90d.");
        }
        if (job.notBefore().isPresent()) {
            throw new IllegalArgumentException("job.not_before is "
                    + job.notBefore().get() + "; a hook's job takes none: it starts when the call comes.");
        }
        if (!job.after().jobs().isEmpty()) {
            throw new IllegalArgumentException("job.after names "
                    + job.after().jobs().get(0) + "; a hook's job takes none: it waits for no other.");
        }
        if (callbackSource == null && auth.scheme() == HookScheme.CALLBACKS) {
            throw new IllegalArgumentException(
                    "callback_source is missing; the scheme callbacks takes the source whose callbacks start its jobs.");
        }
        if (callbackSource != null && !TextLimit.ID.fits(callbackSource)) {
            throw new IllegalArgumentException("callback_source has " + callbackSource.length()
                    + " characters; it takes 1 to " + TextLimit.ID.characters() + ", not all of them blank.");
        }
    }

    /** The same hook with another job and other secrets. */
    public HookRequest with(JobRequest otherJob, HookAuth otherAuth) {
        return new HookRequest(
                name, otherJob, mappings, missing, otherAuth, deliveryId, uniqueFor, filters, callbackSource, paused);
    }

    /** For each task the names of the inputs that a call brings; empty when it brings none. */
    public List<Set<String>> mappedInputs() {
        return mappings.stream().map(Map::keySet).toList();
    }

    /** The places where the id of a delivery is; the first that is there counts. */
    public List<ValueSource> deliveryIds() {
        ValueSource own = deliveryId;
        return own == null ? auth.scheme().deliveryIds() : List.of(own);
    }

    private static String abbreviated(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
