package dev.pawl.http.route;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes whose paths begin with the same words, made when they are first needed: a server is asked for few of them, and their classes were
 * a fifth of those that a start made. Several of them may share a word. Safe for many threads.
 */
public final class LazyRoutes {

    private final List<String> words;
    private final Supplier<List<Route>> routes;
    private @Nullable List<Route> made; // guarded by this

    /**
     * Declares routes.
     *
     * @param words the first segments of the paths; an empty one for the root
     * @param routes makes the routes
     */
    public LazyRoutes(List<String> words, Supplier<List<Route>> routes) {
        this.words = List.copyOf(words);
        this.routes = routes;
    }

    List<String> words() {
        return words;
    }

    synchronized List<Route> routes() {
        List<Route> known = made;
        if (known == null) {
            known = List.copyOf(routes.get());
            made = known;
        }
        return known;
    }
}
