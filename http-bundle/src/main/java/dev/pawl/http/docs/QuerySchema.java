package dev.pawl.http.docs;

import dev.pawl.http.route.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters in the query as JSON Schema. */
final class QuerySchema {

    private QuerySchema() {}

    /** The schema of a parameter. */
    static Map<String, Object> of(Query query) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (query.type()) {
            case INTEGER -> {
                schema.put("type", "integer");
                schema.put("minimum", query.min());
                if (query.max() < Long.MAX_VALUE) {
                    schema.put("maximum", query.max());
                }
            }
            case LIMIT -> { // a greater one is reduced, not refused
                schema.put("type", "integer");
                schema.put("minimum", query.min());
            }
            case BOOLEAN -> schema.put("type", "boolean");
            case TIME -> {
                schema.put("type", "string");
                schema.put("format", "date-time");
            }
            case WORDS -> {
                schema.put("type", "array");
                schema.put("items", Ordered.map("type", "string", "enum", query.choices()));
            }
            case TEXT, DURATION -> {
                schema.put("type", "string");
                if (query.type() == Query.Type.TEXT && query.choices().isEmpty()) {
                    schema.put("minLength", query.min());
                    schema.put("maxLength", query.max());
                }
            }
        }
        if (!query.choices().isEmpty() && query.type() != Query.Type.WORDS) {
            schema.put("enum", query.choices());
        }
        String otherwise = query.otherwise();
        if (otherwise != null && !isEnd(query)) {
            schema.put("default", value(query, otherwise));
        }
        return schema;
    }

    /** Whether it is a place in a list, without which the list begins at its own beginning or end. */
    static boolean isEnd(Query query) {
        return query.name().equals("after") || query.name().equals("before");
    }

    /** A value of a parameter, which is given as text, by its type. */
    static Object value(Query query, String text) {
        return switch (query.type()) {
            case INTEGER, LIMIT -> Long.parseLong(text);
            case BOOLEAN -> Boolean.parseBoolean(text);
            case WORDS -> List.of(text.split(",", -1));
            case TEXT, DURATION, TIME -> text;
        };
    }
}
