package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes CSV with a header; nested values are written as JSON. */
final class CsvWriter implements RecordWriter {

    private final CsvGenerator generator;
    private final char delimiter;
    private List<String> columns;
    private Set<String> names;
    private boolean headed;

    /**
     * @param columns the names of the columns; empty when the first record has them
     * @param headed whether the header has been written
     */
    CsvWriter(OutputStream out, char delimiter, List<String> columns, boolean headed) throws IOException {
        this.generator = CsvFactory.builder()
                .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                .build()
                .createGenerator(out, JsonEncoding.UTF8);
        this.generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.delimiter = delimiter;
        this.columns = List.copyOf(columns);
        this.names = Set.copyOf(columns);
        this.headed = headed;
        setSchema();
    }

    /** The names of the columns, empty before the first record. */
    List<String> columns() {
        return columns;
    }

    @Override
    public void write(ObjectNode object) throws IOException, BadRecordException {
        if (columns.isEmpty()) {
            columns = List.copyOf(namesOf(object));
            names = new HashSet<>(columns);
            setSchema();
        }
        for (String name : namesOf(object)) {
            if (!names.contains(name)) {
                throw new BadRecordException("it has a field " + name + ", which is no column; the columns are "
                        + String.join(", ", columns) + ", those of the first record, unless select names them");
            }
        }
        writeHeader();
        generator.writeStartArray();
        for (String column : columns) {
            JsonNode value = object.path(column);
            generator.writeString(
                    value.isMissingNode() || value.isNull()
                            ? ""
                            : value.isContainerNode() ? value.toString() : value.asText());
        }
        generator.writeEndArray();
    }

    private void writeHeader() throws IOException {
        if (!headed && !columns.isEmpty()) {
            generator.writeStartArray();
            for (String column : columns) {
                generator.writeString(column);
            }
            generator.writeEndArray();
            headed = true;
        }
    }

    private void setSchema() {
        CsvSchema.Builder schema =
                CsvSchema.builder().setColumnSeparator(delimiter).setLineSeparator('\n');
        columns.forEach(schema::addColumn);
        generator.setSchema(schema.build());
    }

    private static List<String> namesOf(ObjectNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public void flush() throws IOException {
        generator.flush();
    }

    @Override
    public void finish() throws IOException {
        writeHeader();
        flush();
    }
}
