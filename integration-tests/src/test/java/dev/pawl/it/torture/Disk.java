package dev.pawl.it.torture;

import dev.pawl.it.server.FileSizeLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The disk with the server's data: a small separate file system, which can be filled, if this process may mount one; otherwise a plain
 * folder, where only a limit on the size of files can imitate a full disk.
 */
final class Disk implements AutoCloseable {

    private static final String SIZE = "1G";
    private static final Path MEMORY = Path.of(
            "/dev/shm"); // written pages survive a killed process, so memory is as good as a disk here, and faster
    private static final long LEAST_MEMORY = 2L * 1024 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    private final Path mount;
    private final Path image;
    private final Path ballast;
    private final boolean small;

    private Disk(Path mount, Path image, boolean small) {
        this.mount = mount;
        this.image = image;
        this.ballast = mount.resolve("ballast");
        this.small = small;
    }

    /** Prepares a disk within the folder. */
    static Disk in(Path folder) throws IOException, InterruptedException {
        Path mount = Files.createDirectories(folder.resolve("disk"));
        Path image = image(folder);
        boolean small = succeeds("truncate", "-s", SIZE, image.toString())
                && succeeds("mkfs.ext4", "-q", "-m", "0", image.toString())
                && succeeds("mount", "-o", "loop", image.toString(), mount.toString());
        Files.createSymbolicLink(folder.resolve("data"), Files.createDirectories(mount.resolve("data")));
        Disk disk = new Disk(mount, image, small);
        Runtime.getRuntime().addShutdownHook(new Thread(disk::close, "torture-unmount"));
        return disk;
    }

    private static Path image(Path folder) throws IOException {
        boolean roomy = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > LEAST_MEMORY;
        return (roomy ? MEMORY : folder).resolve(folder.getFileName() + ".disk");
    }

    /** The data folder: a link, so that the error streams of servers go to files beside it and not to a full disk. */
    Path data() {
        return mount.resolveSibling("data");
    }

    /** Whether the disk can be filled. */
    boolean isSmall() {
        return small;
    }

    /** Fills the disk. */
    void fill() throws IOException, InterruptedException {
        long free = Files.getFileStore(mount).getUsableSpace();
        succeeds("fallocate", "-l", String.valueOf(Math.max(1, free - PIECE)), ballast.toString());
        try (OutputStream rest = Files.newOutputStream(mount.resolve("ballast.rest"))) {
            while (true) {
                rest.write(new byte[1024]);
            }
        } catch (IOException full) {
            // intended
        }
    }

    /** Frees the filled space. */
    void free() throws IOException {
        Files.deleteIfExists(ballast);
        Files.deleteIfExists(mount.resolve("ballast.rest"));
    }

    /** Keeps the disk busy with small writes, each forced to it, until that time. */
    void makeBusy(long untilNs) throws IOException {
        Path busy = mount.resolve("busy-" + Thread.currentThread().getId());
        try (FileChannel channel = FileChannel.open(busy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (System.nanoTime() < untilNs) {
                channel.write(ByteBuffer.allocate(PIECE), 0);
                channel.force(true);
            }
        } finally {
            Files.deleteIfExists(busy);
        }
    }

    /** Limits the files of a process to about the present size of the store's write-ahead log; {@code false} removes the limit. */
    boolean limitFiles(long pid, boolean limited) throws IOException, InterruptedException {
        Path log = data().resolve("pawl.db-wal");
        return limited
                ? FileSizeLimit.set(pid, Files.exists(log) ? Files.size(log) + 8192 : PIECE)
                : FileSizeLimit.lift(pid);
    }

    /** Copies the database and the logs to a folder that outlives the disk. */
    void keep(Path folder) throws IOException, InterruptedException {
        succeeds(
                "cp",
                "-r",
                data().resolve("pawl.db").toString(),
                data().resolve("logs").toString(),
                folder.toString());
    }

    /** Unmounts and deletes the disk with its data; a second call is harmless. */
    @Override
    public void close() {
        if (small) {
            try {
                succeeds("umount", "--lazy", mount.toString());
                Files.deleteIfExists(image);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a command and returns whether it ended with 0; {@code false} if there is no such command. */
    static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchCommand) {
            return false;
        }
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
