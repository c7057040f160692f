package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of steps, with the values that each takes. */
public enum Action {
    /** Loads an address, and waits until the page is complete. */
    GOTO("url", ""),
    /** Waits until an element can be seen, or until it cannot. */
    WAIT_FOR("selector", "visible text"),
    /** Clicks into the middle of an element. */
    CLICK("selector", ""),
    /** Enters a text into an input. */
    FILL("selector", "value secret"),
    /** Presses a key. */
    PRESS("key", "selector"),
    /** Chooses an option. */
    SELECT("selector", "value label"),
    /** Makes results of elements. */
    EXTRACT("selector", "attribute html all fields name"),
    /** Takes a picture. */
    SCREENSHOT("name", "selector full_page"),
    /** Prints the page. */
    PDF("name", ""),
    /** Runs JavaScript in the page. */
    EVALUATE("script", "name");

    private final String needed;
    private final String possible;

    /** The names of its values, with spaces between them. */
    Action(String needed, String possible) {
        this.needed = needed;
        this.possible = possible;
    }

    /** Checks that a step has all values which its action needs, and no others. */
    static void check(Step step) throws ValidationException {
        Action action = step.action();
        Map<String, @Nullable Object> given = values(step);
        for (Map.Entry<String, @Nullable Object> value : given.entrySet()) {
            if (value.getValue() != null && !action.takes(value.getKey())) {
                throw new ValidationException(action.word() + " takes no " + value.getKey() + action.list());
            }
            if (value.getValue() == null && names(action.needed).contains(value.getKey())) {
                throw new ValidationException(action.word() + " needs a " + value.getKey() + action.list());
            }
        }
    }

    private boolean takes(String name) {
        return names(needed).contains(name) || names(possible).contains(name);
    }

    private String list() {
        List<String> all = new ArrayList<>(names(needed));
        all.addAll(names(possible));
        return "; it takes " + String.join(", ", all) + ", timeout_s";
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static Map<String, @Nullable Object> values(Step step) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("url", step.url());
        values.put("selector", step.selector());
        values.put("value", step.value());
        values.put("label", step.label());
        values.put("secret", step.secret());
        values.put("key", step.key());
        values.put("visible", step.visible());
        values.put("text", step.text());
        values.put("attribute", step.attribute());
        values.put("html", step.html());
        values.put("all", step.all());
        values.put("fields", step.fields());
        values.put("name", step.name());
        values.put("full_page", step.fullPage());
        values.put("script", step.script());
        return values;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
