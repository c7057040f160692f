package dev.pawl.store.kit;

import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.job.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of a hook as JSON; default values are left out. */
public final class HookJson {

    private static final String MAPPINGS = "mappings";
    private static final String MISSING = "missing";
    private static final String SCHEME = "scheme";
    private static final String HEADER = "header";
    private static final String SECRET = "secret";
    private static final String FORMER_SECRET = "former_secret";
    private static final String DELIVERY_ID = "delivery_id";
    private static final String UNIQUE_FOR = "unique_for";
    private static final String FILTERS = "filters";
    private static final String VALUE = "value";
    private static final String ANY_OF = "any_of";
    private static final String STARTS_WITH = "starts_with";
    private static final String NOT = "not";

    private HookJson() {}

    public static String write(HookRequest request) {
        HookAuth auth = request.auth();
        Map<String, Object> body = new LinkedHashMap<>();
        if (!request.mappings().isEmpty()) {
            body.put(MAPPINGS, request.mappings().stream().map(HookJson::texts).toList());
        }
        if (request.missing() != MissingValue.REFUSE) {
            body.put(MISSING, request.missing().wireName());
        }
        body.put(SCHEME, auth.scheme().wireName());
        add(body, HEADER, auth.header());
        add(body, SECRET, auth.secret());
        add(body, FORMER_SECRET, auth.formerSecret());
        ValueSource deliveryId = request.deliveryId();
        add(body, DELIVERY_ID, deliveryId == null ? null : deliveryId.text());
        body.put(UNIQUE_FOR, request.uniqueFor().toString());
        if (!request.filters().isEmpty()) {
            body.put(FILTERS, request.filters().stream().map(HookJson::filter).toList());
        }
        return JsonColumn.write(body);
    }

    private static Map<String, Object> texts(Map<String, ValueSource> mapping) {
        Map<String, Object> texts = new LinkedHashMap<>();
        mapping.forEach((name, source) -> texts.put(name, source.text()));
        return texts;
    }

    private static Map<String, Object> filter(HookFilter filter) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(VALUE, filter.value().text());
        add(body, ANY_OF, filter.anyOf());
        add(body, STARTS_WITH, filter.startsWith());
        if (filter.not()) {
            body.put(NOT, true);
        }
        return body;
    }

    private static void add(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    public static HookRequest read(
            String name, String text, JobRequest job, @Nullable String callbackSource, boolean paused) {
        Map<String, Object> body = JsonColumn.map(text);
        List<Map<String, ValueSource>> mappings = new ArrayList<>();
        for (Object mapping : list(body.get(MAPPINGS))) {
            Map<String, ValueSource> sources = new LinkedHashMap<>();
            object(mapping).forEach((input, source) -> sources.put(input, ValueSource.of(String.valueOf(source))));
            mappings.add(sources);
        }
        List<HookFilter> filters = new ArrayList<>();
        for (Object filter : list(body.get(FILTERS))) {
            filters.add(filter(object(filter)));
        }
        String missing = text(body, MISSING);
        String deliveryId = text(body, DELIVERY_ID);
        return new HookRequest(
                name,
                job,
                mappings,
                missing == null ? MissingValue.REFUSE : MissingValue.of(missing),
                new HookAuth(
                        HookScheme.of(String.valueOf(body.get(SCHEME))),
                        text(body, HEADER),
                        text(body, SECRET),
                        text(body, FORMER_SECRET)),
                deliveryId == null ? null : ValueSource.of(deliveryId),
                Duration.parse(String.valueOf(body.get(UNIQUE_FOR))),
                filters,
                callbackSource,
                paused);
    }

    private static HookFilter filter(Map<String, Object> body) {
        return new HookFilter(
                ValueSource.of(String.valueOf(body.get(VALUE))),
                body.containsKey(ANY_OF) ? list(body.get(ANY_OF)) : null,
                text(body, STARTS_WITH),
                Boolean.TRUE.equals(body.get(NOT)));
    }

    private static @Nullable String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked") // only lists are written there
    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }

    @SuppressWarnings("unchecked") // only objects are written there
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
