package dev.pawl.leak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a heap dump and finds in it the retaining path of a class loader that should be gone. */
final class HeapSearch {

    /** Largest heap that is dumped: a larger one would stop the server for too long. */
    private static final long MOST_BYTES = 512L * 1024 * 1024;

    private static final String NOT_FOUND =
            "No thread, driver, MBean or logger holds them, so most likely a thread local, a shutdown hook or a static field does.";

    private static final Logger LOG = LoggerFactory.getLogger(HeapSearch.class);

    private final Path folder;

    /**
     * Searches when it is asked.
     *
     * @param folder folder of the dump, which is there for a moment, readable for its owner alone
     */
    HeapSearch(Path folder) {
        this.folder = folder;
    }

    /** The retaining path, as a sentence. */
    String holderOf(WatchedLoader leak) {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        if (used > MOST_BYTES) {
            return NOT_FOUND;
        }
        try {
            Files.createDirectories(folder);
            Path own = Files.createTempDirectory(folder, "leak"); // for its owner alone
            Path picture = own.resolve("heap.hprof");
            try {
                long beganNs = System.nanoTime();
                dump(picture);
                Optional<String> holder = new HeapPaths(new HeapFile(picture)).to(leak);
                LOG.info(
                        "A picture of the heap was taken and read in {} ms to see what holds the classes of {}.",
                        (System.nanoTime() - beganNs) / 1_000_000,
                        leak.name());
                return holder.orElse("Nothing but soft references holds them: they go when memory gets short.");
            } finally {
                Files.deleteIfExists(picture);
                Files.delete(own);
            }
        } catch (IOException | JMException | RuntimeException e) {
            LOG.warn("What holds the classes of {} cannot be looked up in the heap.", leak.name(), e);
            return NOT_FOUND;
        }
    }

    private static void dump(Path file) throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                        "dumpHeap",
                        new Object[] {file.toString(), true},
                        new String[] {String.class.getName(), boolean.class.getName()});
    }
}
