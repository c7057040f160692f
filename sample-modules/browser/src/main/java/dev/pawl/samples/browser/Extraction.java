package dev.pawl.samples.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values of elements: a result for each. */
final class Extraction {

    private static final int AT_ONCE = 500;

    private static final String TAKE = """
            (selector, want, from, most) => {
              const value = (element, attribute, html) => {
                if (!element) return null;
                if (attribute) return ['href', 'src'].includes(attribute) && element.hasAttribute(attribute)
                    ? element[attribute] : element.getAttribute(attribute);
                return html ? element.outerHTML : (element.innerText ?? element.textContent).trim();
              };
              const field = (element, path) => {
                const at = path.lastIndexOf('@');
                const below = at < 0 ? path : path.slice(0, at);
                const found = below ? element.querySelector(below) : element;
                return value(found, at < 0 ? null : path.slice(at + 1), false);
              };
              return [...document.querySelectorAll(selector)].slice(from, from + most).map(element =>
                want.fields ? Object.entries(want.fields).map(([name, path]) => [name, field(element, path)])
                            : [[want.name, value(element, want.attribute, want.html)]]);
            }""";

    private final Page page;
    private final StepTime time;

    Extraction(Page page, StepTime time) {
        this.page = page;
        this.time = time;
    }

    /** Takes the values of the first element, or of all. */
    int take(Step step, String selector, Consumer<Map<String, @Nullable Object>> results)
            throws StepException, BrowserGoneException, InterruptedException {
        boolean all = Boolean.TRUE.equals(step.all());
        Map<String, @Nullable Object> want = new HashMap<>();
        want.put("name", step.name() == null ? "value" : step.name());
        want.put("attribute", step.attribute());
        want.put("html", Boolean.TRUE.equals(step.html()));
        want.put("fields", step.fields());
        int from = 0;
        List<Map<String, @Nullable Object>> some;
        do {
            some = rows(page.evaluate(TAKE, List.of(selector, want, from, all ? AT_ONCE : 1), time));
            some.forEach(results);
            from += some.size();
        } while (all && some.size() == AT_ONCE);
        return from;
    }

    private static List<Map<String, @Nullable Object>> rows(@Nullable Object answer) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Object row : answer instanceof List<?> list ? list : List.of()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Object entry : row instanceof List<?> entries ? entries : List.of()) {
                if (entry instanceof List<?> pair) {
                    values.put(String.valueOf(pair.get(0)), pair.get(1));
                }
            }
            rows.add(values);
        }
        return rows;
    }
}
