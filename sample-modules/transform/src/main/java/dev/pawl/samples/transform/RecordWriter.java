package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Writes records in a format. A record is written completely or not at all. */
interface RecordWriter {

    /**
     * Writes a record.
     *
     * @throws BadRecordException when the format or the file has no place for it
     */
    void write(ObjectNode object) throws IOException, BadRecordException;

    /** Hands everything to the file. */
    void flush() throws IOException;

    /** Writes what comes after the last record. */
    void finish() throws IOException;
}
