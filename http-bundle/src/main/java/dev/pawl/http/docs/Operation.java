package dev.pawl.http.docs;

import dev.pawl.http.route.Route;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route with its name and its texts.
 *
 * @param id its unique name, which never changes
 * @param route the route
 * @param section the texts of its section
 * @param example its example; null when it has none, which only a test notices
 * @param values the values of the path's variables in the example
 */
record Operation(
        String id,
        Route route,
        SectionText section,
        @Nullable Example example,
        Map<String, String> values) {

    /** The operation of a route that has no example. */
    static Operation of(Route route, SectionText section) {
        var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String word : route.template().split("[/{}.-]+", -1)) {
            if (!word.isEmpty()) {
                id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        return new Operation(id.toString(), route, section, null, Map.of());
    }

    /** The method as people call it. */
    String method() {
        return route.socket() ? "WS" : route.method();
    }
}
