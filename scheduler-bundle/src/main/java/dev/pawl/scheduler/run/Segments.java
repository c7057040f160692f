package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a run that are not on disk yet, in order. Guarded by its journal's lock. */
final class Segments {

    /** Size of all from which on a thread that writes has to wait. */
    private static final long MOST_BYTES = 512 * 1024;

    /** Weight of an entry beside its text. */
    private static final int ENTRY_BYTES = 64;

    private final InstantSource clock;
    private final ArrayDeque<Segment> waiting = new ArrayDeque<>();
    private String moduleVersion;
    private List<JobArtifact> kept = List.of();
    private long bytes;
    private long last;

    Segments(InstantSource clock, String moduleVersion) {
        this.clock = clock;
        this.moduleVersion = moduleVersion;
    }

    /** Whether a thread that writes has to wait until some are on disk. */
    boolean areFull() {
        return bytes >= MOST_BYTES;
    }

    /** Weight of all of them, those that are being written included. */
    long bytes() {
        return bytes;
    }

    /** The number of the newest segment. */
    long last() {
        return last;
    }

    /** Sets the version of the module that tasks run on from now on. */
    void doneWith(String version) {
        moduleVersion = version;
    }

    /** The segment that takes the next entries of the task. */
    Segment open(int task) {
        Segment newest = waiting.peekLast();
        if (newest == null || newest.closed || newest.taskIndex != task) {
            newest = new Segment(++last, task, moduleVersion);
            waiting.add(newest);
        }
        return newest;
    }

    void line(Segment segment, LogLevel level, String message) {
        RunWrite.Line line = new RunWrite.Line(clock.instant(), level, message);
        segment.lines.add(line);
        grow(segment, line.message().length());
    }

    void result(Segment segment, String json) {
        segment.results.add(new RunWrite.Emitted(clock.instant(), json));
        grow(segment, json.length());
    }

    /** Keeps artifacts for the segment with the next move. */
    void keep(List<JobArtifact> artifacts) {
        kept = List.copyOf(artifacts);
    }

    /** Ends a task or the run with a segment. */
    void move(Segment segment, RunMove move) {
        segment.move = move;
        segment.artifacts = kept;
        kept = List.of();
    }

    /** Takes out the oldest segment, unless its number is beyond the given one. */
    @Nullable
    Segment take(long upTo) {
        Segment oldest = waiting.peek();
        return oldest == null || oldest.number > upTo ? null : waiting.remove();
    }

    /** Frees the weight of a segment that is on disk. */
    void written(Segment segment) {
        bytes -= segment.bytes;
    }

    /** Drops all segments. */
    void drop() {
        waiting.clear();
        bytes = 0;
    }

    private void grow(Segment segment, int length) {
        segment.bytes += length + ENTRY_BYTES;
        bytes += length + ENTRY_BYTES;
    }
}
