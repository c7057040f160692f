package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.samples.files.Step.Action;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Copies or moves one file or folder so that a reader of the destination sees nothing, or all of it, whenever the process dies.
 *
 * <p>A move within a file system is a rename. Everything else is copied to a hidden name in the folder of the target and then renamed. The
 * checkpoint before each rename says which step is about to happen ({@code ready}), the {@code target}, and the {@linkplain Mark marks} of
 * the {@code source} and of what will be {@code placed}: by these the next run distinguishes a finished step from an unfinished one, and a
 * source that must still be deleted from a new file of its name.
 */
final class Transfer {

    private final Step step;
    private final int index;
    private final TaskContext task;
    private final Reach reach;
    private final LongConsumer progress;

    /**
     * Prepares the step.
     *
     * @param index its place in the plan
     * @param progress receives the number of bytes of each piece that was copied or verified
     */
    Transfer(Step step, int index, TaskContext task, Reach reach, LongConsumer progress) {
        this.step = step;
        this.index = index;
        this.task = task;
        this.reach = reach;
        this.progress = progress;
    }

    /**
     * Does the step, or the rest of it.
     *
     * @return the new path of the file or folder
     */
    Path perform() throws IOException, RunException {
        if (task.checkpoint("ready", -1) == index) {
            Path target = reach.entry(Path.of(task.checkpoint("target", "")));
            String placed = task.checkpoint("placed", Mark.NOTHING);
            if (Mark.of(hidden(target)).equals(placed)) {
                putInPlace(hidden(target), target);
            }
            if (Mark.of(target).equals(placed)) {
                finish(target, task.checkpoint("source", Mark.NOTHING));
                return target;
            }
        }
        Path target = Target.of(step, reach);
        return step.action() == Action.MOVE && !Files.isSymbolicLink(step.source()) ? rename(target) : copy(target);
    }

    /** Removes the files that an unfinished copy of this step may have left in the folder of its target. */
    static void removeLeftovers(Step step, String hiddenName, Reach reach) throws IOException {
        removeLeftover(step.destination().resolveSibling(hiddenName), reach);
        removeLeftover(step.destination().resolve(hiddenName), reach);
    }

    private static void removeLeftover(Path place, Reach reach) throws IOException {
        Path leftover;
        try {
            leftover = reach.entry(place);
        } catch (FileRefusedException neverReached) {
            return; // no copy was begun where none may be
        }
        if (Files.isDirectory(Target.folderOf(leftover))) {
            Deletion.deleteTree(leftover);
        }
    }

    static String hiddenName(TaskContext task, int index) {
        return ".pawl-" + task.jobId() + "-" + task.taskIndex() + "-" + index + ".part";
    }

    private Path rename(Path target) throws IOException, RunException {
        String source = Mark.of(step.source());
        remember(target, source, source);
        try {
            Files.move(reach.entry(step.source()), reach.entry(target), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException anotherFileSystem) {
            return copy(target);
        }
        finish(target, source);
        return target;
    }

    private Path copy(Path target) throws IOException, RunException {
        Path copy = hidden(target);
        Deletion.deleteTree(copy);
        String source = Mark.of(step.source());
        boolean complete = false;
        try {
            // as the older system does: a link to a file becomes a file with the content that it points at
            Path from = reach.real(step.source());
            String content = Mark.of(from);
            Copying.copy(from, copy, reach, new Content(reach, progress), step.action() == Action.MOVE, task::warning);
            if (step.action() == Action.MOVE && !(Mark.of(from).equals(content) && isWholeIn(copy))) {
                throw new RunException(
                        "The source " + step.source() + " changed while it was moved; it is still there.");
            }
            if (step.mode() != null) {
                step.mode().applyTo(copy);
            }
            complete = true;
        } finally {
            if (!complete) {
                Deletion.deleteTree(copy);
            }
        }
        remember(target, source, Mark.of(copy));
        putInPlace(copy, reach.entry(target));
        finish(target, source);
        return target;
    }

    private void remember(Path target, String source, String placed) {
        task.checkpoint(Map.of("ready", index, "target", target.toString(), "source", source, "placed", placed));
    }

    /** Does what is left once the target is in its place. */
    private void finish(Path target, String mark) throws IOException, RunException {
        if (step.mode() != null) {
            step.mode().applyTo(target);
        }
        if (step.action() == Action.MOVE && Mark.of(step.source()).equals(mark)) {
            if (!isWholeIn(target)) {
                throw new RunException("The source " + step.source() + " changed after it was copied to " + target
                        + "; it is still there.");
            }
            Deletion.deleteTree(reach.entry(step.source()));
        }
    }

    private boolean isWholeIn(Path copy) throws IOException {
        return !Files.isDirectory(step.source(), LinkOption.NOFOLLOW_LINKS)
                || Resemblance.isCovered(step.source(), copy);
    }

    private Path hidden(Path target) {
        return target.resolveSibling(hiddenName(task, index));
    }

    private static void putInPlace(Path copy, Path target) throws IOException {
        try {
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Deletion.deleteTree(copy);
            throw e;
        }
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(Target.folderOf(target))) {
                folder.force(true); // the new name is on the disk before the old one goes
            }
        }
    }
}
