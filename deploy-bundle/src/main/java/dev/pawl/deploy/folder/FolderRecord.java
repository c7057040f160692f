package dev.pawl.deploy.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which jars of the modules folder were taken, by name and digest, over restarts: a jar that lies there unchanged asks
 * for nothing, whatever was installed, rolled back or removed in another way since. One line a jar, digest and name. A memory that
 * is lost does no harm: the jars are then taken as new.
 */
public final class FolderRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FolderRecord.class);
    private static final int DIGEST_LENGTH = 64;

    private final Path file;
    private final Map<String, String> digests = new HashMap<>();

    public FolderRecord(Path file) {
        this.file = file;
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.length() > DIGEST_LENGTH + 1) {
                    digests.put(line.substring(DIGEST_LENGTH + 1), line.substring(0, DIGEST_LENGTH));
                }
            }
        } catch (NoSuchFileException firstStart) {
            // nothing was taken yet
        } catch (IOException e) {
            LOG.warn("The memory of the modules folder, {}, cannot be read; its jars are taken as new.", file, e);
        }
    }

    /** The names of the jars that were taken. */
    Set<String> names() {
        return Set.copyOf(digests.keySet());
    }

    /** The digest of a jar when it was taken. */
    Optional<String> digest(String name) {
        return Optional.ofNullable(digests.get(name));
    }

    void taken(String name, String sha256) {
        if (!sha256.equals(digests.put(name, sha256))) {
            save();
        }
    }

    void gone(String name) {
        if (digests.remove(name) != null) {
            save();
        }
    }

    private void save() {
        List<String> lines = digests.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .toList();
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(written, lines);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The memory of the modules folder cannot be written to {}.", file, e);
        }
    }
}
