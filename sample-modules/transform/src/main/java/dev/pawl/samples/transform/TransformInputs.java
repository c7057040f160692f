package dev.pawl.samples.transform;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a transformation.
 *
 * @param source the file to read
 * @param output the file to write
 * @param overwrite whether an existing output is replaced
 * @param format the format of the source
 * @param outputFormat the format of the output
 * @param encoding the encoding of the source
 * @param csv the details of CSV
 * @param xml the details of XML
 * @param mapping the name of a stored mapping
 * @param where the conditions that a record meets
 * @param types the types of fields
 * @param rename the new names of fields
 * @param set the values of new fields
 * @param drop the fields that are left out
 * @param select the fields that are kept
 * @param onError what happens to a bad record
 * @param rejects the file for bad records
 * @param mostRejects the number of bad records after which the job fails
 * @param chart the chart to draw
 */
public record TransformInputs(
        @Required @Description("The file to read: CSV, JSON lines, a JSON array or XML, also compressed (.gz, .zst).")
        String source,

        @Required @Description("The file to write; it appears when it is complete.")
        String output,

        @Default("false") @Description("Whether an existing output is replaced.")
        boolean overwrite,

        @Default("auto")
        @Description("The format of the source: csv, jsonl, json, xml, or auto for the one of its name.")
        String format,

        @Default("auto") @Description("The format of the output, likewise.")
        String outputFormat,

        @Default("UTF-8")
        @Description(
                "The encoding of the source: UTF-8, US-ASCII, ISO-8859-n, windows-125n or KOI8-R. XML says its own.")
        String encoding,

        @Description("How CSV is read and written.") @Nullable
        Csv csv,

        @Description("How XML is read and written.") @Nullable
        Xml xml,

        @Description("The name of a stored mapping, in place of where, types, rename, set, drop and select.") @Nullable
        String mapping,

        @Description("Conditions; only records that meet all of them are written.") @Nullable
        List<MappingSpec.Where> where,

        @Description("Types by field: integer, number, boolean or text.") @Nullable
        Map<String, String> types,

        @Description("New names by field; a JSON pointer such as /address/city lifts a nested field up.") @Nullable
        Map<String, String> rename,

        @Description(
                "Values by new field: a constant, {\"from\": field, \"otherwise\": constant} or {\"join\": [fields], \"with\": text}.")
        @Nullable
        Map<String, Object> set,

        @Description("Fields to leave out.") @Nullable List<String> drop,

        @Description("The only fields to keep, in this order.") @Nullable
        List<String> select,

        @Default("fail") @Description("What a bad record does: fail the job, or skip to leave it out.")
        String onError,

        @Description("A file for skipped records, as JSON lines with line, reason and text.") @Nullable
        String rejects,

        @Bounds(min = 1) @Description("The number of skipped records at which the job fails after all.") @Nullable
        Long mostRejects,

        @Description("A chart of how many records were written for each value of a field.") @Nullable
        Chart chart) {

    /**
     * The details of CSV.
     *
     * @param delimiter the delimiter of the source
     * @param columns the names of its columns, when its first line does not have them
     * @param outputDelimiter the delimiter of the output
     */
    public record Csv(
            @Default(",") @Description("The delimiter of the source; \\t is a tab.") @Nullable
            String delimiter,

            @Description("The names of the source's columns; without them its first record has them.") @Nullable
            List<String> columns,

            @Default(",") @Description("The delimiter of the output.") @Nullable
            String outputDelimiter) {}

    /**
     * The details of XML.
     *
     * @param record the name of the source's elements that are records
     * @param outputRecord the name of the output's
     */
    public record Xml(
            @Description("The name of the elements that are records; without it each child of the root is one.")
            @Nullable
            String record,

            @Default("record") @Description("The name of a record's element in the output.") @Nullable
            String outputRecord) {}

    /**
     * A chart.
     *
     * @param field the field whose values are counted
     * @param top the number of values that are shown
     */
    public record Chart(
            @Required @Description("The field whose values are counted, as it is in the output.")
            String field,

            @Default("15")
            @Bounds(min = 1, max = 60)
            @Description("How many values are shown, the most frequent first.")
            @Nullable
            Integer top) {}

    /** The mapping that these inputs contain. */
    MappingSpec inline() {
        return new MappingSpec(where, types, rename, set, drop, select);
    }
}
