package dev.pawl.hook;

import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.ValueSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of a call by their places. A null of JSON counts as missing. */
final class CallValues {

    /** The index of a list by RFC 6901. */
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final HookCall call;
    private final @Nullable Object body;

    /** @param body its body as a value */
    CallValues(HookCall call, @Nullable Object body) {
        this.call = call;
        this.body = body;
    }

    /** The value at a place; empty when it is missing. */
    Optional<Object> at(ValueSource source) {
        return switch (source.kind()) {
            case HEADER -> Optional.ofNullable(call.headers().get(source.path().get(0)));
            case QUERY -> Optional.ofNullable(call.query().get(source.path().get(0)));
            case BODY -> Optional.ofNullable(in(source.path()));
        };
    }

    private @Nullable Object in(List<String> path) {
        Object value = body;
        for (String token : path) {
            if (value instanceof Map<?, ?> object) {
                value = object.get(token);
            } else if (value instanceof List<?> list
                    && INDEX.matcher(token).matches()
                    && Integer.parseInt(token) < list.size()) {
                value = list.get(Integer.parseInt(token));
            } else {
                return null;
            }
        }
        return value;
    }
}
