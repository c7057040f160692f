package dev.pawl.runtime.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Variables whose names begin as Pawl's do but that nothing reads, such as {@code PAWL_WORKES}. They are named in a warning: the
 * environment may hold variables of the operator's own scripts, so that refusing them would be too much.
 */
public final class UnknownVariables {
    private static final String PREFIX = "PAWL_";

    /** The variables that are no settings of a server: those of the start script and of the command. */
    private static final Set<String> OTHERS = Set.of(
            "PAWL_CACERT",
            "PAWL_CLASS_ARCHIVE",
            "PAWL_CONTEXT",
            "PAWL_ENV_FILE",
            "PAWL_HEAP",
            "PAWL_HOME",
            "PAWL_JAVA_OPTS",
            "PAWL_REHEARSAL",
            "PAWL_SERVER",
            "PAWL_TOKEN",
            "PAWL_UMASK",
            "PAWL_URL");

    /** The greatest number of changed letters for which a name counts as a misspelt one. */
    private static final int MOST_CHANGES = 3;

    private UnknownVariables() {}

    /** A sentence about each unknown variable, in the order of their names. */
    public static List<String> in(Map<String, String> environment) {
        Set<String> known = Stream.concat(Settings.TABLE.stream().map(Setting::environment), OTHERS.stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> sentence(name, known))
                .toList();
    }

    private static String sentence(String name, Set<String> known) {
        String nearest = "";
        int fewest = MOST_CHANGES + 1;
        for (String other : known) {
            int changes = changes(name, other);
            if (changes < fewest) {
                fewest = changes;
                nearest = other;
            }
        }
        return name + " is set, but Pawl has no such setting; "
                + (nearest.isEmpty() ? "it is ignored." : "it is ignored. Did you mean " + nearest + "?");
    }

    /** The number of letters to insert, remove or replace (Levenshtein's distance). */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
