package dev.pawl.store.kit;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A set of ids of modules as a column: sorted, separated by commas, which no id has. */
public final class ModuleIds {

    private static final String SEPARATOR = ",";

    private ModuleIds() {}

    public static String write(Collection<String> modules) {
        return String.join(SEPARATOR, new TreeSet<>(modules));
    }

    public static Set<String> read(String column) {
        return column.isEmpty() ? Set.of() : new TreeSet<>(List.of(column.split(SEPARATOR, -1)));
    }
}
