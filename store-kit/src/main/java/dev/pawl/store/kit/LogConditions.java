package dev.pawl.store.kit;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.LogFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a selection of log lines, as SQL behind the columns of the table {@code l}. Immutable.
 *
 * @param sql FROM and WHERE
 * @param values its values
 */
public record LogConditions(String sql, List<Object> values) {

    public LogConditions {
        values = List.copyOf(values);
    }

    /**
     * The lines of a job by their level and text.
     *
     * @param ofJob FROM and WHERE of the lines of one job
     * @param job its key
     * @param like the operator that compares a text without the case of its letters
     */
    public static LogConditions ofContent(String ofJob, long job, String like, LogFilter filter) {
        LogConditions conditions = new LogConditions(ofJob, List.of(job));
        LogLevel least = filter.level();
        if (least != null) {
            String levels = Arrays.stream(LogLevel.values())
                    .filter(level -> level.compareTo(least) >= 0)
                    .map(level -> "'" + level.name() + "'")
                    .collect(Collectors.joining(", "));
            conditions = conditions.and("l.level IN (" + levels + ")", null);
        }
        String text = filter.text();
        return text == null
                ? conditions
                : conditions.and("l.message " + like + " ? ESCAPE '\\'", "%" + escaped(text) + "%");
    }

    /** The same within the numbers of a filter. */
    public LogConditions andNumbers(LogFilter filter) {
        LogConditions conditions = filter.after() == null ? this : and("l.n > ?", filter.after());
        return filter.before() == null ? conditions : conditions.and("l.n < ?", filter.before());
    }

    private LogConditions and(String condition, @Nullable Object value) {
        List<Object> more = new ArrayList<>(values);
        if (value != null) {
            more.add(value);
        }
        return new LogConditions(sql + " AND " + condition, more);
    }

    /** The values as a statement takes them. */
    public Object[] given() {
        return values.toArray();
    }

    /** The same with one more behind them. */
    public Object[] givenAnd(Object last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
