package dev.pawl.store.kit;

import dev.pawl.service.metric.MetricSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The measurement of the space that a data folder has left. */
public final class DiskSpace {

    private static final String TEXT = "Free space of the disk that holds the data folder.";

    private DiskSpace() {}

    /** Reports it. */
    public static void report(MetricSink sink, Path dataDir) {
        double free;
        try {
            free = Files.getFileStore(dataDir).getUsableSpace();
        } catch (IOException gone) { // the disk is not there at the moment: there is no size to tell
            free = Double.NaN;
        }
        sink.gauge("pawl_disk_free_bytes", TEXT, free);
    }
}
