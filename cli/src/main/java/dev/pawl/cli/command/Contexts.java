package dev.pawl.cli.command;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All contexts of a user, of which one may be the current one.
 *
 * @param current the name of the current context; empty for none
 * @param byName the contexts by name, in order
 */
public record Contexts(String current, Map<String, Context> byName) {
    static final Contexts NONE = new Contexts("", Map.of());

    public Contexts {
        byName = new TreeMap<>(byName);
    }

    /** The context that commands use unless they are told otherwise. */
    public Optional<Context> currentOne() {
        return Optional.ofNullable(byName.get(current));
    }

    /** The context with a name. */
    public Context named(String name) throws UsageException {
        Context context = byName.get(name);
        if (context == null) {
            throw new UsageException("There is no context \"" + name + "\"; "
                    + (byName.isEmpty()
                            ? "`pawl login URL` makes one."
                            : "there are " + String.join(", ", byName.keySet()) + "."));
        }
        return context;
    }

    /** The token that is kept for a server. */
    public Optional<String> tokenOf(URI server) {
        return byName.values().stream()
                .filter(context ->
                        context.server().equals(server) && !context.token().isEmpty())
                .map(Context::token)
                .findFirst();
    }

    public Collection<Context> all() {
        return byName.values();
    }

    /** With this context, which becomes the current one. */
    public Contexts with(Context context) {
        Map<String, Context> more = new TreeMap<>(byName);
        more.put(context.name(), context);
        return new Contexts(context.name(), more);
    }

    public Contexts without(String name) {
        Map<String, Context> rest = new TreeMap<>(byName);
        rest.remove(name);
        return new Contexts(current.equals(name) ? "" : current, rest);
    }

    /** With another current context; empty for none. */
    public Contexts using(String name) {
        return new Contexts(name, byName);
    }
}
