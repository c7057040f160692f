package dev.pawl.samples.transform;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bad records of a run: the first fails the job, or each is counted and kept in a file, and some are in the log. */
final class Rejects implements AutoCloseable {

    private static final int MOST_LOGGED = 20;
    private static final int MOST_SHOWN = 4096;

    private final TaskContext task;
    private final Plan plan;
    private final @Nullable GrowingFile file;
    private long count;

    private Rejects(TaskContext task, Plan plan, @Nullable GrowingFile file, long count) {
        this.task = task;
        this.plan = plan;
        this.file = file;
        this.count = count;
    }

    /** @param temporary the unfinished file of rejects, null when none is written */
    static Rejects open(TaskContext task, Plan plan, @Nullable Path temporary, Position from)
            throws IOException, RunException {
        GrowingFile file = temporary == null ? null : GrowingFile.open(temporary, from.rejectsLength());
        return new Rejects(task, plan, file, from.counts().rejected());
    }

    /**
     * Takes a bad record.
     *
     * @throws RunException when the job fails because of it
     */
    void add(RecordWindow window, RecordText text, BadRecordException reason) throws IOException, RunException {
        String shown = text.shown(window.start(MOST_SHOWN));
        String sentence = "The record at line " + window.line() + " of " + plan.source() + " is bad: "
                + reason.getMessage() + ". It begins with " + Shortened.of(shown) + ".";
        if (!plan.skipping()) {
            throw new RunException(sentence + " Correct it, or give on_error: skip to leave out such records.", reason);
        }
        count++;
        if (file != null) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("line", window.line());
            line.put("reason", reason.getMessage());
            line.put("text", shown);
            file.stream().write(Mappers.JSON.writeValueAsBytes(line));
            file.stream().write('\n');
        }
        if (count <= MOST_LOGGED) {
            task.warning(sentence + (count == MOST_LOGGED ? " Further ones are counted but not logged." : ""));
        }
        if (count >= plan.mostRejects()) {
            throw new RunException(
                    "There are " + count + " bad records, which most_rejects does not allow. " + sentence, reason);
        }
    }

    /** The number of bad records. */
    long count() {
        return count;
    }

    /** Brings the file to the disk; returns its length. */
    long sync() throws IOException {
        return file == null ? 0 : file.sync();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
