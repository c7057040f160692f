package dev.pawl.deploy;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which jars of a folder came, changed or went, as the operating system notifies us. A jar that is complete when it appears
 * was moved here, and is told at once. The end of a write is not notified: the one thread waits for the moment at which what is
 * being written has been quiet for {@link #SETTLE_NS}. A file that is no complete jar then, or holds parts of two as one does that is
 * overwritten where it lies, waits for its next event, and is told as
 * it is after {@link #PATIENCE_NS}.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long JOIN_MS = 10_000;

    private final Path folder;
    private final Consumer<String> changed;
    private final Runnable lost;
    private final WatchService watcher;
    private final Thread thread;
    /** Since when each file that had an event has been quiet, in the time of {@link System#nanoTime()}. */
    private final Map<String, Long> quietSince = new HashMap<>();

    /**
     * Begins to watch.
     *
     * @param changed is told the name of a jar that came, changed or went, on the watching thread
     * @param lost is called when events were lost, so that everything is to be looked at
     */
    FolderWatch(Path folder, Consumer<String> changed, Runnable lost) throws IOException {
        this.folder = folder;
        this.changed = changed;
        this.lost = lost;
        this.watcher = folder.getFileSystem().newWatchService();
        register();
        this.thread = new Thread(this::watch, "pawl-modules-folder");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, after the change it is in the middle of. */
    @Override
    public void close() throws IOException {
        watcher.close();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself
        }
    }

    private void register() throws IOException {
        Files.createDirectories(folder);
        folder.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    }

    /** Jars may come to a folder that is made anew before it is watched. */
    private void noteWhatIsThere() {
        long since = System.nanoTime() - SETTLE_NS;
        SourceFolder.jars(folder)
                .forEach(jar -> quietSince.put(jar.getFileName().toString(), since));
    }

    private void watch() {
        try {
            while (true) {
                WatchKey signalled = await();
                if (signalled != null) {
                    take(signalled.pollEvents());
                    if (!signalled.reset()) {
                        LOG.warn("The modules folder {} went away; it is made anew, and its modules stay.", folder);
                        register();
                        tell(this::noteWhatIsThere);
                    }
                }
                tellSettled();
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("The modules folder is not watched any more.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts wants this thread to end
        } catch (IOException e) {
            LOG.error("The modules folder {} cannot be watched any more; `module reload` looks at it.", folder, e);
        }
    }

    private @Nullable WatchKey await() throws InterruptedException {
        if (quietSince.isEmpty()) {
            return watcher.take();
        }
        long now = System.nanoTime();
        long left = Long.MAX_VALUE;
        for (long since : quietSince.values()) {
            long quiet = now - since;
            left = Math.min(left, (quiet < SETTLE_NS ? SETTLE_NS : PATIENCE_NS) - quiet);
        }
        return watcher.poll(Math.max(left, 1), TimeUnit.NANOSECONDS);
    }

    private void take(List<WatchEvent<?>> events) {
        long now = System.nanoTime();
        for (WatchEvent<?> event : events) {
            if (event.kind() == OVERFLOW) {
                tell(lost);
            } else if (SourceFolder.isJar(String.valueOf(event.context()))) {
                long since = event.kind() == ENTRY_CREATE ? now - SETTLE_NS : now;
                quietSince.put(String.valueOf(event.context()), since);
            }
        }
    }

    /** What is there comes first: a jar that replaces another under a new name updates its module. */
    private void tellSettled() {
        long now = System.nanoTime();
        Map<String, Boolean> settled = new HashMap<>();
        for (Iterator<Map.Entry<String, Long>> entries = quietSince.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Long> entry = entries.next();
            long quiet = now - entry.getValue();
            boolean there = Files.exists(folder.resolve(entry.getKey()));
            boolean whole = quiet >= SETTLE_NS && (!there || isWhole(entry.getKey()));
            if (whole || quiet >= PATIENCE_NS) {
                settled.put(entry.getKey(), there);
                entries.remove();
            }
        }
        settled.forEach((name, there) -> {
            if (there) {
                tell(() -> changed.accept(name));
            }
        });
        settled.forEach((name, there) -> {
            if (!there) {
                tell(() -> changed.accept(name));
            }
        });
    }

    private boolean isWhole(String name) {
        return JarContents.isWhole(folder.resolve(name));
    }

    private void tell(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            LOG.error("A change in the modules folder {} could not be followed.", folder, e);
        }
    }
}
