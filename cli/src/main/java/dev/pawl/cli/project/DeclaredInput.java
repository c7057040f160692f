package dev.pawl.cli.project;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An input of a new module.
 *
 * @param name its name on the wire, in snake_case
 * @param kind its type
 * @param required whether a job must give it
 * @param otherwise the value when a job does not; null when there is none
 */
record DeclaredInput(
        String name,
        InputKind kind,
        boolean required,
        @Nullable String otherwise) {

    /** The name of the record's component. */
    String component() {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    /** The record's component with its annotations. */
    String declaration(boolean counts) {
        return (required ? "@Required " : "")
                + (otherwise == null ? "" : "@Default(" + JavaText.of(otherwise) + ") ")
                + (counts ? "@Bounds(min = 1, max = 1_000) " : "")
                + (kind == InputKind.SECRET ? "@Secret " : "")
                + kind.type(required || otherwise != null) + " " + component();
    }

    /** Whether the module can count to it: a whole number that always has a value. */
    boolean canCount() {
        return kind == InputKind.INTEGER && (required || (otherwise != null && isStep(otherwise)));
    }

    private static boolean isStep(String number) {
        int value = Integer.parseInt(number);
        return value >= 1 && value <= 1_000;
    }

    /** Whether results can show it as it was given. */
    boolean canBeShown() {
        return kind == InputKind.TEXT && (required || otherwise != null);
    }
}
