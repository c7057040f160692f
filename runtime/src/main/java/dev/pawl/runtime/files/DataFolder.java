package dev.pawl.runtime.files;

import dev.pawl.launch.DataFiles;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a server keeps. Whoever opens it owns it until it is closed or the process ends: a second server is
 * refused.
 */
public final class DataFolder implements AutoCloseable {

    /** What the server makes in there, where it must be able to write; the cache is made anew when it cannot be used. */
    private static final List<String> FOLDERS = List.of("artifacts", "config", "logs", "tmp", "work");

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final boolean wasOpen;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock, boolean wasOpen) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
        this.wasOpen = wasOpen;
    }

    /** Creates the folder where it is missing, takes it, and closes it to everybody else. */
    public static DataFolder open(Path path) throws StartException {
        try {
            createPrivately(path);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new StartException(
                    "The data folder " + path + " cannot be made: " + notAFolder.getFile() + " is a file.", notAFolder);
        } catch (IOException unwritable) {
            throw new StartException("The data folder " + path + " cannot be made (" + unwritable
                    + "). "
                    + UnwritableReason.advice(path, unwritable, "Choose another with PAWL_DATA_DIR or --data-dir."));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path.resolve("server.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = read(channel);
                throw new StartException("The data folder " + path + " is in use by the server with process id "
                        + (owner.isEmpty() ? "unknown" : owner) + ". Stop that one, or choose another folder.");
            }
            if (!Files.isWritable(path)) { // the lock file may be, from a time when the folder was
                throw new AccessDeniedException(path.toString());
            }
            boolean wasOpen = FileModes.close(path);
            for (String name : FOLDERS) {
                checkFolder(path.resolve(name));
            }
            checkWritable(path.resolve("logs").resolve("pawl.log"));
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return new DataFolder(path, channel, lock, wasOpen);
        } catch (IOException unwritable) {
            closeQuietly(channel);
            throw new StartException("The data folder " + path + " cannot be written to (" + unwritable
                    + "). "
                    + UnwritableReason.advice(
                            path,
                            unwritable,
                            "Give this user the right to, or choose another with PAWL_DATA_DIR or --data-dir."));
        } catch (StartException refused) {
            closeQuietly(channel);
            throw refused;
        }
    }

    /** Whether a restore that did not come to its end has moved some of the data aside. */
    public boolean isHalfRestored() {
        return Files.exists(path.resolve(DataFiles.UNFINISHED_RESTORE));
    }

    /** Whether others could read something in it until now. */
    public boolean wasOpenToOthers() {
        return wasOpen;
    }

    public Path path() {
        return path;
    }

    /** Where the framework keeps its bundles; may be deleted whenever no server runs. */
    public Path cache() {
        return path.resolve("cache");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** Where Config Admin keeps the settings of modules. */
    public Path configurations() {
        return path.resolve("config");
    }

    /** Says where the server answers, for clients of this machine. */
    public Path urlFile() {
        return path.resolve("server.url");
    }

    /** Gives the folder back; a second call does nothing. */
    @Override
    public void close() {
        try {
            if (lock.isValid()) {
                lockFile.truncate(0);
                lock.release();
            }
        } catch (IOException alreadyLost) {
            // The lock ends with the process anyway; there is nobody left to tell.
        }
        closeQuietly(lockFile);
    }

    private static void createPrivately(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(path, ownerOnly);
    }

    private static void checkFolder(Path folder) throws StartException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StartException(folder + " is a file, where the server keeps a folder. Move it away.");
        }
        checkWritable(folder);
    }

    private static void checkWritable(Path ours) throws StartException {
        if (Files.exists(ours) && !Files.isWritable(ours)) {
            throw new StartException(
                    "This user may not write to " + ours
                            + ", which another one made. Start the server as that user, or give the whole data folder to this one.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(text + "\n"), 0);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException nothingWasWritten) {
            // A channel that only held a lock has nothing to lose.
        }
    }
}
