package dev.pawl.store.kit.notification;

import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.kit.JsonColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The examples of a message as JSON. */
public final class OccurrenceJson {

    private static final String JOB = "job";
    private static final String SCHEDULE = "schedule";
    private static final String TITLE = "title";
    private static final String MODULES = "modules";
    private static final String AT = "at";
    private static final String DETAIL = "detail";
    private static final String TIMES = "times";

    private OccurrenceJson() {}

    public static String write(List<Occurrence> examples) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Occurrence example : examples) {
            Map<String, Object> body = new LinkedHashMap<>();
            if (example.job() != null) {
                body.put(JOB, example.job().toString());
            }
            if (example.schedule() != null) {
                body.put(SCHEDULE, example.schedule());
            }
            body.put(TITLE, example.title());
            body.put(MODULES, example.modules());
            body.put(AT, example.at().toString());
            body.put(DETAIL, example.detail());
            body.put(TIMES, example.times());
            list.add(body);
        }
        return JsonColumn.write(list);
    }

    @SuppressWarnings("unchecked") // only lists of texts are written there
    public static List<Occurrence> read(String text) {
        List<Occurrence> examples = new ArrayList<>();
        for (Map<String, Object> body : JsonColumn.list(text)) {
            String job = text(body, JOB);
            examples.add(new Occurrence(
                    job == null ? null : UUID.fromString(job),
                    text(body, SCHEDULE),
                    String.valueOf(body.get(TITLE)),
                    (List<String>) body.getOrDefault(MODULES, List.of()),
                    Instant.parse(String.valueOf(body.get(AT))),
                    String.valueOf(body.get(DETAIL)),
                    Long.parseLong(String.valueOf(body.get(TIMES)))));
        }
        return examples;
    }

    private static @Nullable String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        return value == null ? null : value.toString();
    }
}
