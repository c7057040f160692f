package dev.pawl.store.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a list of jobs, which has none in common with the others: the tables and their conditions. Immutable.
 *
 * @param from the SQL behind FROM, to which more conditions can be added
 * @param values its values
 */
public record ListPart(String from, List<Object> values) {

    public ListPart {
        values = List.copyOf(values);
    }

    /** The part with one more condition. */
    public ListPart and(String condition, List<Object> more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(more);
        return new ListPart(from + " AND " + condition, all);
    }

    /** The values with more of them behind. */
    public Object[] valuesAnd(Object... more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
