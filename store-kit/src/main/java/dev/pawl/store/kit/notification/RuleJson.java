package dev.pawl.store.kit.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.store.kit.JsonColumn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule as JSON; what is not given is left out. */
public final class RuleJson {

    private static final String ON = "on";
    private static final String RUNNING = "running_longer_than";
    private static final String WAITING = "waiting_longer_than";
    private static final String MODULES = "modules";
    private static final String TITLE = "title";
    private static final String FORMAT = "format";
    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String TO = "to";
    private static final String GROUP = "group_for";
    private static final String QUIET = "quiet_for";
    private static final String PAUSED = "paused";

    private RuleJson() {}

    public static String write(NotificationRule rule) {
        NotificationTarget target = rule.target();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                ON, rule.on().stream().map(NotificationEvent::wireName).sorted().toList());
        add(body, RUNNING, rule.runningLongerThan());
        add(body, WAITING, rule.waitingLongerThan());
        body.put(MODULES, rule.sortedModules());
        add(body, TITLE, rule.title());
        body.put(FORMAT, target.format().wireName());
        add(body, URL, target.url());
        add(body, SECRET, target.secret());
        body.put(TO, target.to());
        body.put(GROUP, rule.groupFor().toString());
        body.put(QUIET, rule.quietFor().toString());
        body.put(PAUSED, rule.paused());
        return JsonColumn.write(body);
    }

    private static void add(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }

    public static NotificationRule read(String name, String text) {
        Map<String, Object> body = JsonColumn.map(text);
        Set<NotificationEvent> on = texts(body, ON).stream()
                .map(word -> NotificationEvent.of(word).orElseThrow())
                .collect(Collectors.toSet());
        return new NotificationRule(
                name,
                on,
                duration(body, RUNNING),
                duration(body, WAITING),
                Set.copyOf(texts(body, MODULES)),
                text(body, TITLE),
                new NotificationTarget(
                        NotificationFormat.of(String.valueOf(body.get(FORMAT))),
                        text(body, URL),
                        text(body, SECRET),
                        texts(body, TO)),
                Duration.parse(String.valueOf(body.get(GROUP))),
                Duration.parse(String.valueOf(body.get(QUIET))),
                Boolean.TRUE.equals(body.get(PAUSED)));
    }

    private static @Nullable Duration duration(Map<String, Object> body, String name) {
        String text = text(body, name);
        return text == null ? null : Duration.parse(text);
    }

    private static @Nullable String text(Map<String, Object> body, String name) {
        Object value = body.get(name);
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked") // only lists of texts are written there
    private static List<String> texts(Map<String, Object> body, String name) {
        return (List<String>) body.getOrDefault(name, List.of());
    }
}
