package dev.pawl.manual.reference;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;

/** The description of an option or a parameter, as Markdown. */
final class ArgumentText {

    /** Characters that have another meaning in Markdown, outside of code. */
    private static final Pattern SPECIAL = Pattern.compile("[*_<\\[]");

    private ArgumentText() {}

    /** The description, in which the marks of picocli are replaced. */
    static String of(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        return of(String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
                .replace("${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates)));
    }

    /** A text of the command line. Code between backticks stays as it is. */
    static String of(String text) {
        String[] parts = text.replace("%n", " ").replace("%%", "%").split("`", -1);
        for (int part = 0; part < parts.length; part += 2) {
            parts[part] = SPECIAL.matcher(parts[part]).replaceAll("\\\\$0");
        }
        return String.join("`", parts);
    }
}
