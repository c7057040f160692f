package dev.pawl.scheduler.run;

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

/** What becomes one write of a run, while it is collected. Guarded by its journal's lock. */
final class Segment {

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

    boolean closed;
    boolean end;
    long bytes;

    Segment(long number, int taskIndex, String moduleVersion) {
        this.number = number;
        this.taskIndex = taskIndex;
        this.moduleVersion = moduleVersion;
    }

    int entries() {
        return lines.size() + results.size();
    }

    RunWrite write(UUID job, long epoch, Duration elapsed) {
        var task = new RunWrite.TaskChange(checkpoint, settings, moduleVersion, progress);
        return new RunWrite(new RunId(job, epoch), taskIndex, lines, results, task, elapsed, move);
    }
}
