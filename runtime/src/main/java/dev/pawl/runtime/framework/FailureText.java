package dev.pawl.runtime.framework;

import java.util.List;

/** Finds the line that matters in the stack trace of a component that failed. */
final class FailureText {

    private static final String CAUSED_BY = "Caused by: ";
    private static final String PROBLEM = "dev.pawl.service.problem.ProblemException: ";

    private FailureText() {}

    /** The message of the outermost exception of Pawl, which was written for people; else the innermost cause. */
    static String cause(String stackTrace) {
        List<String> causes = stackTrace
                .lines()
                .filter(line -> !line.startsWith("\t") && !line.isBlank())
                .map(line -> line.startsWith(CAUSED_BY) ? line.substring(CAUSED_BY.length()) : line)
                .toList();
        return causes.stream()
                .filter(cause -> cause.startsWith(PROBLEM))
                .map(cause -> cause.substring(PROBLEM.length()))
                .findFirst()
                .orElseGet(() -> causes.isEmpty() ? "the reason is unknown." : causes.get(causes.size() - 1));
    }
}
