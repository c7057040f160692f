package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Arrays;
import java.util.List;

/** The orders in which jobs are listed. Jobs that are equal in one, and those that lack the value, which come last, are newest first. */
public enum JobOrder {
    NEWEST("created"),
    OLDEST("created:asc"),
    STARTED_LAST("started"),
    STARTED_FIRST("started:asc"),
    COMPLETED_LAST("completed"),
    COMPLETED_FIRST("completed:asc"),
    HIGHEST_PRIORITY("priority"),
    LOWEST_PRIORITY("priority:asc"),
    MODULE("module"),
    MODULE_REVERSED("module:desc");

    /** The greatest number of jobs that are sorted; jobs in the order of their addition need no sorting. */
    public static final int MOST_SORTED = 10_000;

    private final String wireName;

    JobOrder(String wireName) {
        this.wireName = wireName;
    }

    /** Its word in requests and cursors: a field in its usual direction, or the field and the other direction. */
    public String wireName() {
        return wireName;
    }

    /** The words of all orders. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(JobOrder::wireName).toList();
    }

    /** The order of a word. */
    public static JobOrder of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.wireName.equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MALFORMED,
                        "sort is \"" + word + "\"; it takes one of " + String.join(", ", wireNames()) + "."));
    }

    /** Whether it is the order of addition, or that one reversed, in which any number of jobs can be listed. */
    public boolean isByAddition() {
        return this == NEWEST || this == OLDEST;
    }
}
