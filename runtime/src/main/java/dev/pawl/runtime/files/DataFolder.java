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
 * The folder that contains everything a server keeps. It is locked from opening until it is closed or the process ends: a second server is
 * refused.
 */
public final class DataFolder implements AutoCloseable {

    /** The folders that the server creates in it and must be able to write; the cache is recreated when it cannot be used. */
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

    /** Creates the folder when it is missing, locks it, and makes it inaccessible to other users. */
    public static DataFolder open(Path path) throws StartException {
        try {
            createPrivately(path);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new StartException(
                    "The data folder " + path + " cannot be created: " + notAFolder.getFile() + " is a file.",
                    notAFolder);
        } catch (IOException unwritable) {
            throw new StartException("The data folder " + path + " cannot be created (" + unwritable
                    + "). "
                    + UnwritableReason.advice(path, unwritable, "Choose another with PAWL_DATA_DIR or --data-dir."));
        }
        FileChannel channel = null;
        try {
            FileModes.requireOwner(path); // before anything of this user is in the folder of another
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
            if (!Files.isWritable(path)) { // the lock file may still be writable from a time when the folder was
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
                            "Give this user write access, or choose another with PAWL_DATA_DIR or --data-dir."));
        } catch (StartException refused) {
            closeQuietly(channel);
            throw refused;
        }
    }

    /** Whether an unfinished restore has moved some of the data aside. */
    public boolean isHalfRestored() {
        return Files.exists(path.resolve(DataFiles.UNFINISHED_RESTORE));
    }

    /** Whether a migration has begun to fill it, and has not ended. */
    public boolean isHalfFilled() {
        return Files.exists(path.resolve(DataFiles.UNFINISHED_MIGRATION));
    }

    /** Whether other users could read something in it until now. */
    public boolean wasOpenToOthers() {
        return wasOpen;
    }

    public Path path() {
        return path;
    }

    /** The folder of the framework's bundle cache; may be deleted when no server is running. */
    public Path cache() {
        return path.resolve("cache");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** The folder in which Config Admin keeps the settings of modules. */
    public Path configurations() {
        return path.resolve("config");
    }

    /** The file with the server's address, for clients of this machine. */
    public Path urlFile() {
        return path.resolve("server.url");
    }

    /** Releases the folder; a second call does nothing. */
    @Override
    public void close() {
        try {
            if (lock.isValid()) {
                lockFile.truncate(0);
                lock.release();
            }
        } catch (IOException alreadyLost) {
            // The lock ends with the process anyway; there is nothing to report.
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
            throw new StartException(folder + " is a file, but the server needs a folder there. Move it away.");
        }
        checkWritable(folder);
    }

    private static void checkWritable(Path ours) throws StartException {
        if (Files.exists(ours) && !Files.isWritable(ours)) {
            throw new StartException(
                    "This user may not write to " + ours + ", which another user created. Start the server as "
                            + "that user, or give this user the whole data folder.");
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
            // Closes a channel that was only used for a lock; an error does not matter.
        }
    }
}
