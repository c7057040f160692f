package dev.pawl.oidc;

import dev.pawl.service.access.Role;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the role of a caller from a claim, which holds a text, several separated by spaces, or a list of them.
 *
 * @param path the names that lead to it, from the outermost object
 * @param roles the role for each value
 */
record RoleClaim(List<String> path, Map<String, Role> roles) {

    /** The highest role that a value of the claim gives; empty when none gives one. */
    Optional<Role> of(Map<String, Object> claims) {
        return values(claims).map(roles::get).flatMap(Stream::ofNullable).max(Comparator.naturalOrder());
    }

    private Stream<String> values(Map<String, Object> claims) {
        String whole = String.join(".", path);
        Object found = claims.containsKey(whole)
                ? claims.get(whole)
                : walk(claims); // names such as https://x.example/roles hold dots
        if (found instanceof String text) {
            return Stream.concat(Stream.of(text), Stream.of(text.split(" ")));
        }
        return found instanceof Collection<?> several ? several.stream().map(String::valueOf) : Stream.empty();
    }

    private @Nullable Object walk(Map<String, Object> claims) {
        Object place = claims;
        for (String name : path) {
            place = place instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return place;
    }
}
