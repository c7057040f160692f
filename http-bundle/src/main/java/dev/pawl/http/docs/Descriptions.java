package dev.pawl.http.docs;

import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Route;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The OpenAPI description for each set of modules that a reader knows. The last few are kept, since most readers know the same ones. Safe for
 * use by several threads.
 */
final class Descriptions {

    private static final int MOST = 3;

    private final Supplier<List<Route>> routes;
    private final String version;
    private final Map<Map<String, Schema>, Description> kept = new LinkedHashMap<>(8, 0.75f, true);

    Descriptions(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    /**
     * A description.
     *
     * @param tag its version, which changes with its text alone
     */
    record Description(EntityTag tag, Answer.Text answer) {}

    /** The description for someone who knows these modules. */
    synchronized Description of(List<ModuleEntry> modules) {
        Map<String, Schema> inputs = new TreeMap<>();
        modules.forEach(module -> inputs.put(module.id(), module.inputs()));
        Description known = kept.get(inputs);
        if (known != null) {
            return known;
        }
        String text = OpenApi.of(routes.get(), version, inputs);
        EntityTag tag = EntityTag.of(text);
        var made = new Description(tag, Answer.Text.of(Answer.JSON, text).with("ETag", tag.text()));
        kept.put(inputs, made);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        return made;
    }
}
