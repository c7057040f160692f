package dev.pawl.manual.reference;

import dev.pawl.service.problem.ProblemCode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page of all errors: the cause and the remedy of each. */
public final class ErrorsPage {

    private static final Map<Character, String> HUNDREDS = new LinkedHashMap<>();

    static {
        HUNDREDS.put('1', "Jobs");
        HUNDREDS.put('2', "Modules");
        HUNDREDS.put('3', "Requests");
        HUNDREDS.put('4', "Access, hooks and notifications");
        HUNDREDS.put('5', "Workers, data and secrets");
        HUNDREDS.put('6', "The server and its store");
        HUNDREDS.put('7', "Schedules");
    }

    private ErrorsPage() {}

    /** The page. */
    public static String text() {
        var page = new StringBuilder(
                        "# Errors\n\nEvery error has a code that keeps its meaning, a cause, and what to do.")
                .append(
                        " An answer of the [API](../http-api.md#when-something-is-wrong) has them as `code`, `detail` and `remedy`;")
                .append(" the [command line](../command-line.md#output) prints the same.\n");
        List<ProblemCode> codes = Stream.of(ProblemCode.values())
                .sorted(Comparator.comparing(ProblemCode::id))
                .toList();
        char last = ' ';
        for (ProblemCode code : codes) {
            char hundred = code.id().charAt("PAWL-".length());
            if (hundred != last) {
                last = hundred;
                page.append("\n## ")
                        .append(HUNDREDS.getOrDefault(hundred, "Others"))
                        .append('\n');
            }
            page.append("\n### ").append(code.id()).append('\n');
            page.append("\nHTTP status ").append(code.status()).append(". ").append(ArgumentText.of(code.cause()));
            page.append("\n\n**What to do:** ")
                    .append(ArgumentText.of(code.remedy()))
                    .append('\n');
        }
        return page.toString();
    }
}
