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
 * Records which jars of the modules folder were installed, by name and digest, across restarts: a jar that is unchanged causes no action,
 * whatever was installed, rolled back or removed by other means since. Each line has a jar's digest and name. A lost record does no harm:
 * the jars are then treated as new.
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
            // nothing was installed yet
        } catch (IOException e) {
            LOG.warn("The record of the modules folder, {}, cannot be read; its jars are treated as new.", file, e);
        }
    }

    /** The names of the recorded jars. */
    Set<String> names() {
        return Set.copyOf(digests.keySet());
    }

    /** The recorded digest of a jar. */
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
            LOG.warn("The record of the modules folder cannot be written to {}.", file, e);
        }
    }
}
