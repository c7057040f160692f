package dev.pawl.store.sqlite.engine;

import dev.pawl.base.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The release of Pawl that opened a store last, in a file beside it: an older release, which knows none of its schema, can name it. */
public final class StoreRelease {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRelease.class);
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,64}");
    private static final int MOST_BYTES = 128;

    private final Path file;

    public StoreRelease(Path database) {
        this.file = Path.of(database + ".release");
    }

    /** Its version; empty when the file is missing or says something else. */
    public Optional<String> last() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            String text = Files.readString(file).strip();
            return VERSION.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // a name for a sentence; the schema version decides
        }
    }

    /** Notes the release that opens the store now. A disk that takes no files is no reason to refuse a store. */
    void opens(String version) {
        if (last().equals(Optional.of(version))) {
            return;
        }
        try {
            DurableFile.createForOwner(file, version + "\n");
        } catch (IOException e) {
            LOG.warn(
                    "{} could not be written: {}. An older release will not be able to name this one.",
                    file,
                    e.toString());
        }
    }
}
