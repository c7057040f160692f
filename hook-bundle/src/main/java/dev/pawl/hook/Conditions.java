package dev.pawl.hook;

import dev.pawl.service.hook.HookFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Decides whether the filters of a hook let a call through. */
final class Conditions {

    private Conditions() {}

    /** The first filter that does not hold; empty when all do. */
    static Optional<HookFilter> broken(List<HookFilter> filters, CallValues values) {
        return filters.stream().filter(filter -> !holds(filter, values)).findFirst();
    }

    private static boolean holds(HookFilter filter, CallValues values) {
        return filter.not() != matches(filter, values.at(filter.value()));
    }

    private static boolean matches(HookFilter filter, Optional<Object> value) {
        List<Object> anyOf = filter.anyOf();
        String start = filter.startsWith();
        if (anyOf != null) {
            return value.isPresent() && anyOf.stream().anyMatch(wanted -> isSame(wanted, value.get()));
        }
        if (start != null) {
            return value.isPresent() && value.get() instanceof String text && text.startsWith(start);
        }
        return value.isPresent();
    }

    /** Numbers are the same by their value, such as 1 and 1.0. */
    private static boolean isSame(Object wanted, Object given) {
        if (wanted instanceof Number number && given instanceof Number other) {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return wanted.equals(given);
    }
}
