package dev.pawl.http.docs;

import java.util.LinkedHashMap;
import java.util.Map;

/** Creates JSON objects whose fields stay in the order given, so that every server writes the same description. */
final class Ordered {

    private Ordered() {}

    static Map<String, Object> map(String name, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put(second, other);
        return map;
    }

    static Map<String, Object> map(String name, Object value, String second, Object other, String third, Object last) {
        Map<String, Object> map = map(name, value, second, other);
        map.put(third, last);
        return map;
    }
}
