package dev.pawl.runtime.files;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A process that has a data folder open.
 *
 * @param pid its process id, as it wrote it; empty when it has not yet
 * @param url the address of its API; empty when it has none, or not yet
 */
public record FolderUse(String pid, String url) {

    /**
     * The process that has a data folder open, looked up without opening it: whoever only asks must not be in a starting server's way, so the
     * lock is asked for shared, and given back at once.
     *
     * @throws StartException when the folder belongs to another user
     */
    public static Optional<FolderUse> of(Path data) throws StartException, IOException {
        Path file = data.resolve("server.lock");
        if (Files.isDirectory(data)) {
            FileModes.requireOwner(data);
        }
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock != null
                    ? Optional.empty()
                    : Optional.of(new FolderUse(Files.readString(file).strip(), text(data.resolve("server.url"))));
        }
    }

    private static String text(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
    }
}
