package dev.pawl.store.postgres.engine;

import dev.pawl.base.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that had a data folder before this one, to which the folder is locked now: it has ended, so that nobody has to wait for its lease. That is certain only
 * for the very folder, since the original of a copy may live, and since the machine was started, since a folder on a shared disk may be locked on another machine.
 */
public final class Predecessor {

    private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);

    private static final String FILE = "server.owner";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final @Nullable Path folder;
    private final Path boot;

    /**
     * Reads nothing yet.
     *
     * @param folder the data folder; null when this process has none
     */
    public Predecessor(@Nullable Path folder) {
        this(folder, BOOT);
    }

    /** With another file that is a different one after each start of the machine. */
    Predecessor(@Nullable Path folder, Path boot) {
        this.folder = folder;
        this.boot = boot;
    }

    /** The number of the process that had the folder before and has ended, if that is known. */
    OptionalLong owner() {
        Path data = folder;
        if (data == null || !Files.exists(data.resolve(FILE))) {
            return OptionalLong.empty();
        }
        try {
            String[] parts = Files.readString(data.resolve(FILE), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            return parts.length == 2 && parts[1].equals(place(data))
                    ? OptionalLong.of(Long.parseLong(parts[0]))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read; what ran here before is waited for.", data.resolve(FILE), e);
            return OptionalLong.empty();
        }
    }

    /** Names this process in the folder, for the next one. */
    void follow(long owner) {
        Path data = folder;
        if (data != null && Files.exists(boot)) {
            try {
                DurableFile.createForOwner(data.resolve(FILE), owner + " " + place(data) + "\n");
            } catch (IOException e) {
                LOG.warn("{} cannot be written; after a crash, what runs here is waited for.", data.resolve(FILE), e);
            }
        }
    }

    private String place(Path data) throws IOException {
        Object key = Files.readAttributes(data, BasicFileAttributes.class).fileKey();
        return Files.readString(boot, StandardCharsets.US_ASCII).strip() + " " + key;
    }
}
