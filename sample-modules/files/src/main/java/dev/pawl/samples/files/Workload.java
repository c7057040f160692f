package dev.pawl.samples.files;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.samples.files.Step.Action;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The work that remains of a plan, in bytes to copy or to verify, and the space that it takes. A step that copies nothing counts as one
 * byte.
 */
final class Workload {

    private final TaskContext task;
    private final long[] copied;
    private final long[] work;
    private long done;

    private Workload(TaskContext task, int steps, long done) {
        this.task = task;
        this.copied = new long[steps];
        this.work = new long[steps];
        this.done = done;
    }

    /**
     * Measures the remaining steps.
     *
     * @throws RunException when a file system has too little space for them
     */
    static Workload of(List<Step> steps, TaskContext task, Reach reach) throws IOException, RunException {
        int first = task.checkpoint("done", 0);
        Workload workload = new Workload(task, steps.size(), task.checkpoint("worked", 0L));
        boolean begun = task.checkpoint("ready", -1) == first; // whose copy may be there already
        Map<FileStore, Long> free = new HashMap<>();
        for (int n = first; n < steps.size(); n++) {
            Target.check(steps.get(n), reach);
            workload.measure(n, steps.get(n));
            if (!(begun && n == first)) {
                workload.requireSpace(n, steps.get(n), free);
            }
        }
        return workload;
    }

    /** The work that was done, for the checkpoint. */
    long done() {
        return done;
    }

    /** Begins a step. */
    Running begin(int index, Step step) {
        return new Running(index, step);
    }

    private void measure(int index, Step step) throws IOException {
        boolean copies = step.isTransfer() && Files.exists(step.source()) && !isRename(step);
        copied[index] = copies ? size(step.source()) : 0;
        work[index] = 1 + (step.action() == Action.MOVE ? 2 : 1) * copied[index]; // what is moved is verified too
    }

    private static boolean isRename(Step step) throws IOException {
        return step.action() == Action.MOVE
                && !Files.isSymbolicLink(step.source())
                && Files.exists(folder(step))
                && Files.getFileStore(step.source()).equals(Files.getFileStore(folder(step)));
    }

    private static Path folder(Step step) {
        return Files.isDirectory(step.destination()) ? step.destination() : Target.folderOf(step.destination());
    }

    /** Counts as free what earlier steps remove, in their order. */
    private void requireSpace(int index, Step step, Map<FileStore, Long> free) throws IOException, RunException {
        if (copied[index] > 0 && Files.exists(folder(step))) {
            FileStore store = Files.getFileStore(folder(step));
            long left = free(store, free) - copied[index];
            if (left < 0) {
                throw new RunException("The copy of " + step.source() + " takes " + bytes(copied[index]) + ", but "
                        + folder(step) + " has " + bytes(Math.max(0, left + copied[index]))
                        + " free; make room there, or choose another destination.");
            }
            free.put(store, left);
        }
        boolean removes = step.action() == Action.DELETE || (step.action() == Action.MOVE && copied[index] > 0);
        if (removes && Files.isRegularFile(step.source(), LinkOption.NOFOLLOW_LINKS)) {
            FileStore store = Files.getFileStore(step.source());
            free.put(store, free(store, free) + Files.size(step.source()));
        }
    }

    private static long free(FileStore store, Map<FileStore, Long> free) throws IOException {
        Long known = free.get(store);
        return known == null ? store.getUsableSpace() : known;
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }

    private long size(Path source) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(source.toRealPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                task.throwIfCancelled();
                bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    /** The progress of one step. */
    final class Running {
        private final int index;
        private final Step step;
        private long bytes;

        private Running(int index, Step step) {
            this.index = index;
            this.step = step;
            report();
        }

        /** Reports bytes that were copied or verified; throws when the task must end. */
        void add(long more) {
            task.throwIfCancelled();
            bytes += more;
            report();
        }

        /** Ends the step. */
        void end() {
            done += work[index];
            work[index] = 0;
            bytes = copied[index];
            report();
        }

        private void report() {
            long current = Math.max(0, Math.min(bytes, work[index] - 1));
            task.progress(
                    100.0 * (done + current) / (done + Arrays.stream(work).sum()),
                    Map.of(
                            "step",
                            index + 1,
                            "steps",
                            work.length,
                            "source",
                            step.source().toString(),
                            "copied_bytes",
                            Math.min(bytes, copied[index]),
                            "bytes",
                            copied[index]));
        }
    }
}
