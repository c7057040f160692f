package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a file or a folder, with attributes, to a new name, and forces it to disk. Links within a folder stay links. Checks the task after
 * every few megabytes, so that a stop does not wait for a large file.
 */
final class Copying extends SimpleFileVisitor<Path> {

    private static final long CHUNK_BYTES = 4L << 20;
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path source;
    private final Path target;
    private final TaskContext task;
    private final TaskFiles files;
    private final LongConsumer progress;
    private long copiedBytes;

    private Copying(Path source, Path target, TaskContext task, LongConsumer progress) {
        this.source = source;
        this.target = target;
        this.task = task;
        this.files = task.files();
        this.progress = progress;
    }

    /** Copies it; {@code progress} receives the number of bytes copied so far. */
    static void copy(Path source, Path target, TaskContext task, LongConsumer progress) throws IOException {
        Files.walkFileTree(source, new Copying(source, target, task, progress));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Path copy = copyOf(folder);
        files.entry(copy);
        if (!files.real(folder).equals(folder)) {
            throw new FileRefusedException(folder, "it became a link while it was copied");
        }
        Files.createDirectory(copy, forTheOwnerAlone(copy, "rwx------"));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path copy = copyOf(file);
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
        } else if (attributes.isRegularFile()) {
            copyContent(file, copy);
            Attributes.copy(file, copy);
        } else {
            throw new FileSystemException(file.toString(), null, "it is neither a file nor a folder");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        Attributes.copy(folder, copyOf(folder));
        return FileVisitResult.CONTINUE;
    }

    private Path copyOf(Path path) {
        return path.equals(source) ? target : target.resolve(source.relativize(path));
    }

    private void copyContent(Path file, Path copy) throws IOException {
        files.entry(copy);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel out = FileChannel.open(copy, NEW_FILE, forTheOwnerAlone(copy, "rw-------"))) {
            if (!files.real(file).equals(file)
                    || !files.real(copy).equals(copy)) { // the open file must be the one that was checked
                throw new FileRefusedException(file, "a folder of its path became a link while it was copied");
            }
            long position = 0;
            long written;
            do {
                task.throwIfCancelled();
                written = in.transferTo(position, CHUNK_BYTES, out);
                position += written;
                copiedBytes += written;
                progress.accept(copiedBytes);
            } while (written > 0);
            out.force(true); // the source may be deleted next
        }
    }

    /** Creates the copy, accessible only by its owner until it has the permissions of its source. */
    private static FileAttribute<?>[] forTheOwnerAlone(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
