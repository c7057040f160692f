package dev.pawl.cli.develop;

import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for temporary files of one process, which is deleted when it is closed. Those of processes that were killed are deleted when the
 * next one is made: the lock of a folder ends with its process, however that ends.
 */
final class ScratchFolder implements AutoCloseable {

    private static final String PREFIX = "pawl-dev-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private ScratchFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one in the folder for temporary files, readable by its owner alone. */
    static ScratchFolder make(Path parent) throws IOException {
        deleteLeft(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        FileChannel lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        return new ScratchFolder(path, lock);
    }

    private static void deleteLeft(Path parent) throws IOException {
        List<Path> others;
        try (Stream<Path> found = Files.list(parent)) {
            others = found.filter(folder -> String.valueOf(folder.getFileName()).startsWith(PREFIX))
                    .filter(folder -> Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            return; // they are in nobody's way
        }
        for (Path other : others) {
            deleteUnlessInUse(other);
        }
    }

    private static void deleteUnlessInUse(Path folder) {
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (isFree(lock)) {
                FileTree.delete(folder);
            }
        } catch (IOException e) {
            return; // another user's, or just going
        }
    }

    private static boolean isFree(FileChannel file) throws IOException {
        try {
            @Nullable FileLock taken = file.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false; // of this process
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        FileTree.delete(path);
    }
}
