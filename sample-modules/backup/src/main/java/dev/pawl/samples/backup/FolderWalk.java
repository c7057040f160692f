package dev.pawl.samples.backup;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** A walk through a folder in the order of names, without following links; it leaves out what is excluded or refused to the task. */
final class FolderWalk {

    /** A visitor of entries. */
    interface Visitor {

        /**
         * Takes an entry; a folder comes before what is in it.
         *
         * @param relative its path from the folder on
         * @throws IOException when it cannot be read, which is a problem of this entry alone
         */
        void entry(Path path, Path relative, BasicFileAttributes attributes) throws IOException, RunException;
    }

    private final Path folder;
    private final TaskContext task;
    private final TaskFiles files;
    private final Exclusions exclusions;
    private final Problems problems;

    FolderWalk(Path folder, TaskContext task, Exclusions exclusions, Problems problems) {
        this.folder = folder;
        this.task = task;
        this.files = task.files();
        this.exclusions = exclusions;
        this.problems = problems;
    }

    /** Visits all that is in the folder. */
    void walk(Visitor visitor) throws RunException {
        enter(folder, visitor);
    }

    private void enter(Path within, Visitor visitor) throws RunException {
        for (Path path : children(within)) {
            task.throwIfCancelled();
            Path relative = folder.relativize(path);
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (exclusions.excludes(relative, attributes.isDirectory())) {
                    continue;
                }
                requireAccess(path);
                visitor.entry(path, relative, attributes);
                if (attributes.isDirectory()) {
                    enter(path, visitor);
                }
            } catch (ArchiveException archive) {
                throw archive.failure(); // which is no problem of the entry
            } catch (IOException e) {
                problems.add("The file " + path + " was left out: " + Reason.of(e) + ".");
            }
        }
    }

    private void requireAccess(Path path) throws IOException {
        if (!files.entry(path).equals(path)) { // a folder above became a link
            throw new FileRefusedException(path, "a folder of its path became a link");
        }
    }

    private List<Path> children(Path within) throws RunException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(within)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            problems.add("The folder " + within + " was left out in part: "
                    + Reason.of(Objects.requireNonNull(e.getCause())) + ".");
        } catch (IOException e) {
            problems.add("What is in the folder " + within + " was left out: " + Reason.of(e) + ".");
        }
        Collections.sort(children);
        return children;
    }
}
