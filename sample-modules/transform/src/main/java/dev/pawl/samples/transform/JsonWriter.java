package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/** Writes JSON lines, or an array with an element in each line. */
final class JsonWriter implements RecordWriter {

    private final OutputStream out;
    private final boolean array;
    private boolean first;

    /** @param first whether no record has been written yet */
    JsonWriter(OutputStream out, boolean array, boolean first) {
        this.out = out;
        this.array = array;
        this.first = first;
    }

    @Override
    public void write(ObjectNode object) throws IOException {
        byte[] bytes = Mappers.JSON.writeValueAsBytes(object);
        if (array) {
            out.write(first ? '[' : ',');
            out.write('\n');
        }
        out.write(bytes);
        if (!array) {
            out.write('\n');
        }
        first = false;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void finish() throws IOException {
        if (array) {
            if (first) {
                out.write('[');
            }
            out.write('\n');
            out.write(']');
            out.write('\n');
        }
        flush();
    }
}
