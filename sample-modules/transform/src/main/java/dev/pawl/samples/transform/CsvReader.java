package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CSV records; all fields are texts. */
final class CsvReader implements RecordReader {

    private final CsvFactory factory = new CsvFactory();
    private final CsvSchema schema;
    private List<String> columns;

    /** @param columns the names of the columns; empty when the first record has them */
    CsvReader(char delimiter, List<String> columns) {
        this.schema = CsvSchema.emptySchema().withColumnSeparator(delimiter);
        this.columns = List.copyOf(columns);
    }

    /** The names of the columns, empty before the first record. */
    List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable ObjectNode read(String text) throws BadRecordException, BrokenInputException {
        String row = withoutLineEnd(text);
        if (row.isEmpty()) {
            return null;
        }
        List<String> fields = fields(row);
        if (columns.isEmpty()) {
            columns = header(fields);
            return null;
        }
        if (fields.size() != columns.size()) {
            throw new BadRecordException(
                    "it has " + fields.size() + " fields, and there are " + columns.size() + " columns");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < fields.size(); i++) {
            object.put(columns.get(i), fields.get(i));
        }
        return object;
    }

    private static List<String> header(List<String> names) throws BrokenInputException {
        Set<String> different = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || !different.add(name)) {
                throw new BrokenInputException("the header names "
                        + (name.isEmpty() ? "a column with nothing" : "two columns " + name)
                        + "; give the columns' names in csv.columns");
            }
        }
        return List.copyOf(names);
    }

    private List<String> fields(String row) throws BadRecordException {
        List<String> fields = new ArrayList<>(Math.max(8, columns.size()));
        try (CsvParser parser = factory.createParser(row)) {
            parser.setSchema(schema);
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                fields.add(parser.getText());
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new BadRecordException(Mappers.reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory
        }
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(0, end);
    }
}
