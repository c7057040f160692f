package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The number of records for each value of a field. Once there are very many values, further ones are counted together. */
final class Tally {

    private static final int MOST_VALUES = 1000;
    private static final int MOST_CHARACTERS = 100;

    private final FieldPath field;
    private final Map<String, Long> counts;
    private long others;

    /**
     * @param counts what has been counted so far
     * @param others the records whose value is not among them
     */
    Tally(FieldPath field, Map<String, ?> counts, long others) {
        this.field = field;
        this.counts = new LinkedHashMap<>();
        counts.forEach((value, count) -> this.counts.put(value, ((Number) count).longValue()));
        this.others = others;
    }

    /** Counts a record. */
    void add(ObjectNode object) {
        JsonNode value = field.in(object);
        String text = value.isTextual() ? value.textValue() : value.toString();
        String key = value.isMissingNode() || value.isNull() ? "(none)" : Shortened.cut(text, MOST_CHARACTERS);
        if (counts.size() < MOST_VALUES || counts.containsKey(key)) {
            counts.merge(key, 1L, Long::sum);
        } else {
            others++;
        }
    }

    /** The counts so far, for a checkpoint. */
    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The records that are not among them. */
    long others() {
        return others;
    }

    /** A value and its records. */
    record Group(String name, long count) {}

    /** The largest groups. */
    List<Group> top(int most) {
        List<Group> sorted = counts.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted((a, b) -> a.count() != b.count()
                        ? Long.compare(b.count(), a.count())
                        : a.name().compareTo(b.name()))
                .toList();
        return sorted.subList(0, Math.min(most, sorted.size()));
    }

    /** The number of all records. */
    long total() {
        return others + counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
