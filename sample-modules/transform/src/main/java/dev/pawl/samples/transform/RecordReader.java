package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Turns a record's text into its fields. */
interface RecordReader {

    /**
     * Reads a record.
     *
     * @return its fields, or null when the text holds none, such as an empty line
     * @throws BadRecordException when the text is no record
     * @throws BrokenInputException when no later record can be read either
     */
    @Nullable
    ObjectNode read(String text) throws BadRecordException, BrokenInputException;
}
