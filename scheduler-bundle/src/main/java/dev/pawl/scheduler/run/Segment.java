package dev.pawl.scheduler.run;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One write of a run while it is collected. Guarded by its journal's lock. */
final class Segment {

    /** Size from which on a segment does not wait for the next flush. */
    private static final long FLUSH_BYTES = 64 * 1024;

    private static final int FLUSH_ENTRIES = 500;

    final long number;
    final int taskIndex;
    final String moduleVersion;
    final List<RunWrite.Line> lines = new ArrayList<>();
    final List<RunWrite.Emitted> results = new ArrayList<>();

    @Nullable
    Map<String, Object> checkpoint;

    @Nullable
    Map<String, Object> settings;

    @Nullable
    Progress progress;

    @Nullable
    RunMove move;

    @Nullable
    AuditedChange change;

    List<JobArtifact> artifacts = List.of();

    boolean closed;
    boolean end;
    long bytes;

    Segment(long number, int taskIndex, String moduleVersion) {
        this.number = number;
        this.taskIndex = taskIndex;
        this.moduleVersion = moduleVersion;
    }

    /** Whether it is to be written now. */
    boolean isFull() {
        return bytes >= FLUSH_BYTES || lines.size() + results.size() >= FLUSH_ENTRIES;
    }

    RunWrite write(UUID job, long epoch, Duration elapsed) {
        var task = new RunWrite.TaskChange(checkpoint, settings, moduleVersion, progress);
        return new RunWrite(
                new RunId(job, epoch), taskIndex, false, lines, results, task, elapsed, move, artifacts, change);
    }
}
