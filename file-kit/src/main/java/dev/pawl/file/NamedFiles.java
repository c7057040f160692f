package dev.pawl.file;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that a task's inputs name. Relative names are taken against a folder that the module's setting {@code root} gives, and every
 * file is held against those that the task may access. What it refuses is a {@link ValidationException} that names the input and its value.
 */
public final class NamedFiles {

    private final TaskContext task;
    private final TaskFiles files;
    private final @Nullable Path root;

    private NamedFiles(TaskContext task, @Nullable Path root) {
        this.task = task;
        this.files = task.files();
        this.root = root;
    }

    /**
     * The files of a task.
     *
     * @param root the folder of relative names; null when the setting is not given
     * @throws ValidationException when the root is no absolute path
     */
    public static NamedFiles of(TaskContext task, @Nullable String root) throws ValidationException {
        if (root == null || root.isBlank()) {
            return new NamedFiles(task, null);
        }
        Path folder = parsed("The setting root", root);
        if (!folder.isAbsolute()) {
            throw new ValidationException("The setting root is \"" + root + "\"; it takes an absolute path.");
        }
        return new NamedFiles(task, folder.normalize());
    }

    /** Makes a name absolute; nothing else is checked. */
    public Path path(String input, String name) throws ValidationException {
        if (name.isEmpty()) {
            throw new ValidationException(input + " is empty; it takes the path of a file.");
        }
        Path path = parsed(input, name);
        if (path.isAbsolute()) {
            return path.normalize();
        }
        if (root == null) {
            throw new ValidationException(
                    input + " is \"" + name
                            + "\", a relative path; give an absolute one, or let an admin name a folder for relative paths by the setting root.");
        }
        return root.resolve(path).normalize();
    }

    /**
     * Finds a file to read.
     *
     * @return its real path; when an earlier task of the job makes it, the path where it will be
     * @throws ValidationException when it is not there, no regular file, or not readable
     */
    public Path source(String input, String name) throws ValidationException {
        Path real = real(input, name);
        if (!Files.exists(real)) {
            return declared(input, name);
        }
        if (!Files.isRegularFile(real)) {
            throw new ValidationException(input + " is \"" + name + "\", which is no regular file.");
        }
        return requireReadable(input, name, real);
    }

    /** Whether a source exists already, and is not one that an earlier task will make. */
    public boolean isThere(Path source) {
        return Files.exists(source);
    }

    /** Finds a folder to read; otherwise like {@link #source}. */
    public Path sourceFolder(String input, String name) throws ValidationException {
        Path real = real(input, name);
        if (!Files.exists(real)) {
            return declared(input, name);
        }
        if (!Files.isDirectory(real)) {
            throw new ValidationException(input + " is \"" + name + "\", which is no folder.");
        }
        return requireReadable(input, name, real);
    }

    /**
     * Finds the place of a file to write, and declares it as an output of the task.
     *
     * @param overwrite whether a file that is there may be replaced; one that an earlier run of this task published always may
     * @throws ValidationException when its folder is missing or not writable, or something is there that may not be replaced
     */
    public Path target(String input, String name, boolean overwrite) throws ValidationException {
        Path path = path(input, name);
        try {
            Path target = files.declareOutput(path);
            Path folder = target.getParent();
            if (folder == null || Files.exists(folder) || !files.isDeclaredOutput(folder)) {
                requireWritable(input, name, folder);
            }
            if (Files.isDirectory(target)) {
                throw new ValidationException(
                        input + " is \"" + name + "\", which is a folder; it takes the path of a file.");
            }
            if (!overwrite && !WholeFile.isWhole(task, target) && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new ValidationException(
                        input + " is \"" + name + "\", which exists already; remove it, or set overwrite.");
            }
            return target;
        } catch (IOException e) {
            throw refusal(input, name, e);
        }
    }

    /** Finds a folder in which to create files. */
    public Path targetFolder(String input, String name) throws ValidationException {
        Path real = real(input, name);
        if (!Files.exists(real)) {
            return declared(input, name);
        }
        requireWritable(input, name, real);
        return real;
    }

    /** A refusal as a person reads it: the input, its value, and the reason. */
    public static ValidationException refusal(String input, String name, IOException cause) {
        String reason = cause.toString();
        if (cause instanceof FileRefusedException refused) {
            reason = String.valueOf(refused.getReason());
        } else if (cause instanceof AccessDeniedException denied) {
            reason = "access to " + denied.getFile() + " is denied";
        } else if (cause instanceof FileSystemException known && known.getReason() != null) {
            reason = known.getReason();
        }
        return new ValidationException(input + " is \"" + name + "\", which is refused: " + reason + ".", cause);
    }

    private Path real(String input, String name) throws ValidationException {
        Path path = path(input, name);
        try {
            return files.real(path);
        } catch (IOException e) {
            throw refusal(input, name, e);
        }
    }

    private Path declared(String input, String name) throws ValidationException {
        Path path = path(input, name);
        try {
            if (files.isDeclaredOutput(path)) {
                return files.entry(path);
            }
        } catch (IOException e) {
            throw refusal(input, name, e);
        }
        throw new ValidationException(
                input + " is \"" + name + "\", which does not exist, and no earlier task of the job makes it.");
    }

    private static Path requireReadable(String input, String name, Path real) throws ValidationException {
        if (!Files.isReadable(real)) {
            throw new ValidationException(input + " is \"" + name + "\", which the server's user may not read.");
        }
        return real;
    }

    private static void requireWritable(String input, String name, @Nullable Path folder) throws ValidationException {
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ValidationException(
                    input + " is \"" + name + "\", but there is no folder " + folder + "; create it first.");
        }
        if (!Files.isWritable(folder)) {
            throw new ValidationException(
                    input + " is \"" + name + "\", but the server's user may not write to the folder " + folder + ".");
        }
    }

    private static Path parsed(String input, String name) throws ValidationException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ValidationException(input + " is \"" + name + "\", which is no path: " + e.getReason() + ".", e);
        }
    }
}
