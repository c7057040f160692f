package dev.pawl.scheduler.secret;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Copies of named values. */
final class Values {

    private Values() {}

    /** The same values, with those of some names replaced. */
    static Map<String, Object> replaced(
            Map<String, Object> values, List<String> names, BiFunction<String, Object, Object> change) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) ->
                copy.put(name, value != null && names.contains(name) ? change.apply(name, value) : value));
        return copy;
    }
}
