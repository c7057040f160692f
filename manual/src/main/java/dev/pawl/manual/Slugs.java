package dev.pawl.manual;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of a page's headings in addresses, as hosts of repositories make them, so that one link works here and there. */
final class Slugs {

    private final Map<String, Integer> given = new HashMap<>();

    /** The name of the next heading of the page. */
    String of(String heading) {
        String slug = heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                .replace(' ', '-');
        int before = given.merge(slug, 1, Integer::sum) - 1;
        return before == 0 ? slug : slug + "-" + before;
    }
}
