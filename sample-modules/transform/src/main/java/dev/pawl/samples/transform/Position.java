package dev.pawl.samples.transform;

import dev.pawl.api.module.TaskContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place that a transformation has reached, as its checkpoints keep it.
 *
 * @param offset the place in the uncompressed source at which the next record begins
 * @param line the line in which it begins
 * @param scanner the scanner's state there
 * @param columns the columns of a CSV source, empty before they are known
 * @param outputColumns the columns of a CSV output, likewise
 * @param outputLength the length of the output so far
 * @param rejectsLength the length of the file of rejects so far
 * @param counts the numbers of records so far
 */
record Position(
        long offset,
        long line,
        int scanner,
        List<String> columns,
        List<String> outputColumns,
        long outputLength,
        long rejectsLength,
        Counts counts) {

    /**
     * Numbers of records.
     *
     * @param read all that were read
     * @param written those that were written
     * @param filtered those that did not meet the conditions
     * @param rejected those that were bad
     */
    record Counts(long read, long written, long filtered, long rejected) {}

    /** The version of the checkpoint's format; a change of what a name means takes the next one. */
    static final int FORMAT = 1;

    /** The place that the last checkpoint keeps; the beginning when there is none. */
    static Position of(TaskContext task) {
        return new Position(
                task.checkpoint("offset", 0L),
                task.checkpoint("line", 1L),
                task.checkpoint("scanner", 0),
                task.checkpoint("columns", List.<String>of()),
                task.checkpoint("output_columns", List.<String>of()),
                task.checkpoint("output_length", 0L),
                task.checkpoint("rejects_length", 0L),
                new Counts(
                        task.checkpoint("read", 0L),
                        task.checkpoint("written", 0L),
                        task.checkpoint("filtered", 0L),
                        task.checkpoint("rejected", 0L)));
    }

    /** The values of a checkpoint. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("offset", offset);
        values.put("line", line);
        values.put("scanner", scanner);
        values.put("columns", columns);
        values.put("output_columns", outputColumns);
        values.put("output_length", outputLength);
        values.put("rejects_length", rejectsLength);
        values.put("read", counts.read());
        values.put("written", counts.written());
        values.put("filtered", counts.filtered());
        values.put("rejected", counts.rejected());
        return values;
    }
}
