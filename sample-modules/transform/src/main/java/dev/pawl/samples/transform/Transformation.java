package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a transformation from a place on: read, filter, map, write. */
final class Transformation {

    private static final int RECORDS_BETWEEN_LOOKS = 256;
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    private final TaskContext task;
    private final Plan plan;
    private final Mapping mapping;
    private final @Nullable Tally tally;
    private final Position from;
    private final SourceEncoding encoding;
    private final RecordText text;
    private final Duration betweenCheckpoints;
    private final Duration began;
    private final RecordReader reader;
    private Duration lastCheckpoint;
    private Duration lastReport;
    private long read;
    private long written;
    private long filtered;

    Transformation(TaskContext task, Plan plan, Mapping mapping, @Nullable Tally tally, SourceEncoding encoding) {
        this.task = task;
        this.plan = plan;
        this.mapping = mapping;
        this.tally = tally;
        this.from = Position.of(task);
        this.encoding = encoding;
        this.text = new RecordText(encoding.charset());
        this.betweenCheckpoints =
                Duration.ofSeconds(task.settings(TransformModule.Settings.class).checkpointS());
        this.began = task.elapsed();
        this.lastCheckpoint = began;
        this.lastReport = began;
        this.read = from.counts().read();
        this.written = from.counts().written();
        this.filtered = from.counts().filtered();
        this.reader = reader();
    }

    /**
     * Reads and writes to the end.
     *
     * @param temporary the unfinished output
     * @param rejected the unfinished file of rejects
     * @return the values of the checkpoint that says that all is written
     */
    Map<String, Object> run(SourceFile source, int longest, Path temporary, @Nullable Path rejected)
            throws IOException, RunException {
        RecordWindow window = new RecordWindow(source, scanner(), encoding.begin(from), from.line(), longest);
        try (GrowingFile output = GrowingFile.open(temporary, from.outputLength());
                Rejects rejects = Rejects.open(task, plan, rejected, from)) {
            RecordWriter writer = writer(output.stream());
            while (next(window)) {
                take(window, writer, rejects);
                read++;
                if (betweenCheckpoints.isZero() || read % RECORDS_BETWEEN_LOOKS == 0) {
                    look(window, source, writer, output, rejects);
                }
            }
            writer.finish();
            return values(window, writer, output, rejects);
        }
    }

    private boolean next(RecordWindow window) throws IOException, RunException {
        try {
            return window.next();
        } catch (BrokenInputException e) {
            throw broken(window, e);
        }
    }

    private RunException broken(RecordWindow window, BrokenInputException e) {
        return new RunException(
                "The source " + plan.source() + " is broken at line " + window.line() + ": " + e.getMessage() + ".", e);
    }

    private void take(RecordWindow window, RecordWriter writer, Rejects rejects) throws IOException, RunException {
        try {
            ObjectNode object = reader.read(text.of(window.bytes(), window.from(), window.to()));
            if (object == null) {
                read--; // no record, such as a header or an empty line
                return;
            }
            ObjectNode mapped = mapping.apply(object);
            if (mapped == null) {
                filtered++;
                return;
            }
            writer.write(mapped);
            written++;
            if (tally != null) {
                tally.add(mapped);
            }
        } catch (BadRecordException e) {
            rejects.add(window, text, e);
        } catch (BrokenInputException e) {
            throw broken(window, e);
        }
    }

    private void look(RecordWindow window, SourceFile source, RecordWriter writer, GrowingFile output, Rejects rejects)
            throws IOException {
        Duration now = task.elapsed();
        if (now.minus(lastReport).compareTo(BETWEEN_REPORTS) >= 0) {
            report(source, rejects, now);
            lastReport = now;
        }
        if (now.minus(lastCheckpoint).compareTo(betweenCheckpoints) >= 0) {
            task.checkpoint(values(window, writer, output, rejects));
            lastCheckpoint = now;
        }
        task.throwIfCancelled();
    }

    private void report(SourceFile source, Rejects rejects, Duration now) throws IOException {
        double seconds = Math.max(0.001, now.minus(began).toMillis() / 1000.0);
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("read", read);
        info.put("written", written);
        info.put("filtered", filtered);
        info.put("rejected", rejects.count());
        info.put("records_per_s", Math.round((read - from.counts().read()) / seconds));
        task.progress(Math.min(99, source.percent()), info);
    }

    private Map<String, Object> values(RecordWindow window, RecordWriter writer, GrowingFile output, Rejects rejects)
            throws IOException {
        writer.flush();
        Map<String, Object> values = new Position(
                        window.nextOffset(),
                        window.nextLine(),
                        window.state(),
                        reader instanceof CsvReader csv ? csv.columns() : List.of(),
                        writer instanceof CsvWriter csv ? csv.columns() : List.of(),
                        output.sync(),
                        rejects.sync(),
                        new Position.Counts(read, written, filtered, rejects.count()))
                .values();
        if (tally != null) {
            values.put("groups", tally.counts());
            values.put("other_groups", tally.others());
        }
        return values;
    }

    private RecordScanner scanner() {
        return switch (plan.format()) {
            case CSV -> new CsvScanner(plan.delimiter());
            case JSONL -> new LineScanner();
            case JSON -> new ArrayScanner(from.scanner());
            case XML -> new XmlScanner(plan.element(), from.scanner());
        };
    }

    private RecordReader reader() {
        return switch (plan.format()) {
            case CSV -> new CsvReader(plan.delimiter(), from.columns().isEmpty() ? plan.columns() : from.columns());
            case JSONL, JSON -> new JsonReader();
            case XML -> new XmlReader();
        };
    }

    private RecordWriter writer(OutputStream out) throws IOException {
        boolean begun = from.outputLength() > 0;
        return switch (plan.outputFormat()) {
            case CSV ->
                new CsvWriter(
                        out,
                        plan.outputDelimiter(),
                        from.outputColumns().isEmpty() ? mapping.selected() : from.outputColumns(),
                        begun);
            case JSONL -> new JsonWriter(out, false, !begun);
            case JSON -> new JsonWriter(out, true, !begun);
            case XML -> new XmlWriter(out, plan.outputElement(), begun);
        };
    }
}
