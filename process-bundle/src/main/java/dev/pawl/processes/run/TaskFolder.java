package dev.pawl.processes.run;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder for the temporary files of a task's process and for answers to it, in the work folder of its job. */
public final class TaskFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TaskFolder.class);

    private TaskFolder() {}

    /** Its path. */
    public static Path of(TaskContext task) {
        return task.workDir().resolve(".pawl-" + task.taskIndex());
    }

    /** Makes it, readable by nobody else, unless an earlier run has left it. */
    public static void make(TaskContext task) throws IOException {
        Path own = of(task);
        try {
            Files.createDirectory(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException ofAnEarlierRun) {
            LOG.debug("The folder {} is used again.", own);
        }
    }

    /** Removes it with all that is in it. */
    public static void remove(TaskContext task) {
        try {
            FileTree.delete(of(task));
        } catch (IOException | StaleRunException e) {
            LOG.debug("The folder for temporary files stays until the job has ended.", e);
        }
    }
}
