package dev.pawl.scheduler.worker;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code info} of external workers: any JSON, of which as much is kept as of the progress info of a module. It is never refused,
 * since the worker would not learn of that and its job would be lost.
 */
final class WorkerInfo {

    private static final List<String> MESSAGES = List.of("error", "message");

    private WorkerInfo() {}

    /** The part that is kept: all of it, all with its texts cut, or a note of its size. */
    static Object kept(Object info) {
        if (fits(info)) {
            return info;
        }
        Object cut = cut(info);
        return cut != null && fits(cut) ? cut : JsonLimits.leftOut(JsonLimits.bytes(info));
    }

    /** The message of a failure, as one sentence or text. */
    static String message(Object info) {
        if (info instanceof Map<?, ?> values) {
            for (String name : MESSAGES) {
                Object message = values.get(name);
                if (message != null) {
                    return text(message);
                }
            }
        } else if (!text(info).isBlank()) {
            return text(info);
        }
        return "The external worker reported a failure.";
    }

    /** A text as it is, any other value as JSON. */
    static String text(Object value) {
        return value instanceof String text ? text : Json.text(value);
    }

    private static boolean fits(Object info) {
        return JsonLimits.bytes(info) <= JsonLimits.MOST_INFO_BYTES;
    }

    private static @Nullable Object cut(@Nullable Object value) {
        if (value instanceof String text) {
            return TextLimit.INFO.kept(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> cut = new ArrayList<>();
            list.forEach(element -> cut.add(cut(element)));
            return cut;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> cut = new LinkedHashMap<>();
            map.forEach((name, element) -> cut.put(name, cut(element)));
            return cut;
        }
        return value;
    }
}
