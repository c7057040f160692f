package dev.pawl.http.tls;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that files may have changed: by their folders and those of the files to which links lead, so that it also notices a link that is
 * changed (certbot, a Kubernetes secret). The system reports changes, except those that other machines make on a network disk: therefore it
 * looks once a minute as well.
 */
final class FileChanges implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    /** The time after which files that were half-written should be whole. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Changes that follow each other within this time are one. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private final List<Path> files;
    private final BooleanSupplier look;
    private final Thread thread;

    /** @param look looks at the files, and returns whether they should be looked at again in a moment */
    FileChanges(List<Path> files, BooleanSupplier look) {
        this.files = files;
        this.look = look;
        this.thread = new Thread(this, "pawl-http-tls");
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    @Override
    public void run() {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            while (true) {
                register(watch); // anew each time: a folder may have been replaced
                awaitChange(watch, look.getAsBoolean() ? LOOK_AGAIN : LOOK_EVERY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The files {} cannot be watched: changes to them count at the next start", files, e);
        }
    }

    private static void awaitChange(WatchService watch, Duration atMost) throws InterruptedException {
        WatchKey change = watch.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        while (change != null && System.nanoTime() - begun < LOOK_AGAIN.toNanos()) {
            change.pollEvents();
            change.reset();
            change = watch.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (change != null) {
            change.reset();
        }
    }

    private void register(WatchService watch) {
        for (Path folder : folders()) {
            try {
                folder.register(
                        watch,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                LOG.debug("{} is not watched now", folder, e);
            }
        }
    }

    private Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        for (Path file : files) {
            add(folders, file.toAbsolutePath().getParent());
            try {
                add(folders, file.toRealPath().getParent());
            } catch (IOException e) {
                LOG.debug("{} is not there now", file, e);
            }
        }
        return folders;
    }

    private static void add(Set<Path> folders, @Nullable Path folder) {
        if (folder != null && Files.isDirectory(folder)) {
            folders.add(folder);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
