package dev.pawl.file;

import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/**
 * A file that is written under a hidden name beside its target, and takes its name when it is whole. The hidden name is the same in every run
 * of the task, so that the next run finds what a killed one left, and it has the target's ending, by which many programs choose a format.
 *
 * <pre>{@code
 * if (!WholeFile.finish(task, target)) {
 *     try (WholeFile file = WholeFile.of(task, target)) {
 *         write(file.temporary());
 *         file.publish();
 *     }
 * }
 * }</pre>
 */
public final class WholeFile implements AutoCloseable {

    private final TaskContext task;
    private final Path target;
    private final Path temporary;
    private boolean whole;

    private WholeFile(TaskContext task, Path target) {
        this.task = task;
        this.target = target;
        this.temporary = hiddenName(task, target);
    }

    /**
     * Begins a file, and removes what an earlier run of the task left of it.
     *
     * @param target an absolute path that the task may write to
     */
    public static WholeFile of(TaskContext task, Path target) throws IOException {
        removeLeftover(task, target);
        return resume(task, target);
    }

    /** Continues a file of an earlier run of the task, of which some or all may be there. */
    public static WholeFile resume(TaskContext task, Path target) {
        return new WholeFile(task, target);
    }

    /**
     * Gives a file that an earlier run of the task made whole its name, in case that run ended just before.
     *
     * @return whether an earlier run made it whole, so that there is nothing left to do for it
     */
    public static boolean finish(TaskContext task, Path target) throws IOException {
        if (!isWhole(task, target)) {
            return false;
        }
        WholeFile file = resume(task, target);
        if (Files.exists(file.temporary)) {
            file.rename();
        }
        return Files.exists(target);
    }

    /** Removes the hidden file of this task, such as a killed run left it; for {@link dev.pawl.api.module.Module#cleanup}. */
    public static void removeLeftover(TaskContext task, Path target) throws IOException {
        Files.deleteIfExists(hiddenName(task, target));
    }

    /** Whether an earlier run of the task made the file whole. */
    static boolean isWhole(TaskContext task, Path target) {
        return task.checkpoint(checkpointKey(target), false);
    }

    /** The file to write to. */
    public Path temporary() {
        return temporary;
    }

    /**
     * Puts all of it on disk, saves a checkpoint that says so, and gives it its name; what had that name is replaced. When the task must
     * end at that checkpoint, the file is kept, and {@link #finish} names it in the next run.
     */
    public void publish() throws IOException {
        try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        whole = true;
        task.checkpoint(Map.of(checkpointKey(target), true));
        rename();
    }

    /** Deletes it unless it is whole. */
    @Override
    public void close() throws IOException {
        if (!whole) {
            Files.deleteIfExists(temporary);
        }
    }

    private void rename() throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) { // some network file systems
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel folder = FileChannel.open(Objects.requireNonNull(target.getParent()))) {
            folder.force(true);
        } catch (IOException folderCannotBeOpened) {
            // not every system can; the name is there all the same
        }
    }

    private static String checkpointKey(Path target) {
        return "whole " + target;
    }

    private static Path hiddenName(TaskContext task, Path target) {
        String name = String.valueOf(target.getFileName());
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        return target.resolveSibling(".pawl-" + task.idempotencyKey("file " + target) + ending);
    }
}
