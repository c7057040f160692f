package dev.pawl.runtime.files;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file {@code server.url} in the data folder, with the server's address for clients of this machine. */
public record UrlFile(Path path) {

    /** Writes the address; readers see the old or the new one, never a part. */
    public void write(URI url) throws StartException {
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.writeString(temporary, url + "\n");
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new StartException("The file " + path + " cannot be written: " + unwritable + ".", unwritable);
        }
    }

    /** Removes the file; a missing one is not an error. */
    public Optional<IOException> delete() {
        try {
            Files.deleteIfExists(path);
            return Optional.empty();
        } catch (IOException stuck) {
            return Optional.of(stuck);
        }
    }
}
