package dev.pawl.service.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition for the calls that start a job. With neither values nor a beginning the value must be there. There are no regular expressions:
 * callers choose the texts that they would run on.
 *
 * @param value the place of the value
 * @param anyOf the values of which it must be one; null for any
 * @param startsWith the text with which it must begin; null for any
 * @param not whether the opposite must hold
 */
public record HookFilter(
        ValueSource value,
        @Nullable List<Object> anyOf,
        @Nullable String startsWith,
        boolean not) {

    /** The greatest number of values. */
    public static final int MOST_VALUES = 100;

    public HookFilter {
        if (anyOf != null && startsWith != null) {
            throw new IllegalArgumentException(
                    "equals or any_of is given together with starts_with; give one of them, or two filters.");
        }
        if (anyOf != null && (anyOf.isEmpty() || anyOf.size() > MOST_VALUES)) {
            throw new IllegalArgumentException(
                    "any_of has " + anyOf.size() + " entries; it takes 1 to " + MOST_VALUES + ".");
        }
        anyOf = anyOf == null ? null : List.copyOf(anyOf);
    }
}
