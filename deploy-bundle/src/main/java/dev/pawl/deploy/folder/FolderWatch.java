package dev.pawl.deploy.folder;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.pawl.deploy.artifact.JarContents;
import dev.pawl.deploy.artifact.SourceFolder;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder and reports jars that were added, changed or removed, as notified by the operating system. A jar that is complete when
 * it appears was moved here, and is reported at once. The end of a write is not notified, so the thread waits until the file has settled,
 * see {@link UnsettledFiles}. A file that is not a complete jar by then, or a mix of two because it is being overwritten in place, waits
 * for its next event, and is reported as it is when none comes.
 *
 * <p>The path is what counts. The system notifies about the folder to which the path led, and does not notify about links, so the path is
 * also checked every {@link #SCAN_NS}. This finds changes on network file systems too, which send no notifications. A change that could not be
 * applied is reported again, see {@link DeferredFiles}.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long SCAN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long JOIN_MS = 10_000;

    private final Path folder;
    private final Consumer<Path> changed;
    private final Runnable lost;
    private final WatchService watcher;
    private final Thread thread;
    private final UnsettledFiles unsettled = new UnsettledFiles();
    private final DeferredFiles deferred = new DeferredFiles();

    private @Nullable WatchKey key;
    private Object watched = "none";
    /** The files as they were last reported, or found at the beginning. */
    private final Map<Path, FolderSnapshot.Identity> known = new HashMap<>();

    /** The modules that are folders, as they were when they were last looked at before they settled. */
    private final Map<Path, FolderSnapshot.Identity> growing = new HashMap<>();

    private long lookedAt = System.nanoTime();
    private @Nullable Long missingSince;

    private volatile @Nullable String trouble;

    /**
     * Starts the watch; a folder that cannot be watched is retried indefinitely.
     *
     * @param changed called with each added, changed or removed jar, on the watching thread; called again later when it throws
     * @param lost called when events were lost, so that the whole folder must be scanned
     */
    public FolderWatch(Path folder, Consumer<Path> changed, Runnable lost) throws IOException {
        this.folder = folder;
        this.changed = changed;
        this.lost = lost;
        this.watcher = folder.getFileSystem().newWatchService();
        try {
            FolderSnapshot first = register();
            this.watched = first.folder();
            this.known.putAll(first.jars());
        } catch (IOException e) {
            failed(e);
        }
        this.thread = new Thread(this::watch, "pawl-modules-folder");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** A sentence that says why changes are not noticed at present; empty when they are. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Ends the thread after its current change. */
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

    /** Creates the folder if necessary, and returns its contents once it is watched. */
    private FolderSnapshot register() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (key != null) {
            key.cancel();
        }
        key = folder.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        FolderSnapshot snapshot = FolderSnapshot.of(folder);
        if (snapshot == null) {
            throw new IOException("The folder " + folder + " was removed while it was being read.");
        }
        return snapshot;
    }

    /** Runs until the watcher ends; any error in between is retried. */
    private void watch() {
        while (true) {
            try {
                step(await());
                trouble = null;
            } catch (ClosedWatchServiceException closed) {
                LOG.debug("The modules folder is no longer watched.");
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the interrupt asks this thread to end
                trouble = "The modules folder " + folder + " is not watched: its thread was interrupted.";
                return;
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable why) {
        if (trouble == null) {
            LOG.error("The modules folder {} cannot be watched; this is retried every second.", folder, why);
        }
        trouble = "The modules folder " + folder + " cannot be watched: " + why;
        lookedAt = System.nanoTime();
        unsettled.clear(); // the next scan finds the changes again
    }

    private void step(@Nullable WatchKey signalled) throws IOException {
        boolean other = signalled != null && take(signalled);
        boolean due = System.nanoTime() - lookedAt >= SCAN_NS;
        // The changes may be in a folder to which this path no longer leads.
        boolean same = watched.equals(FolderSnapshot.key(folder));
        if (other || due || (!same && missingSince == null)) {
            lookedAt = System.nanoTime();
            look();
        }
        if (same) {
            reportSettled();
        }
    }

    private @Nullable WatchKey await() throws InterruptedException {
        long now = System.nanoTime();
        long left = unsettled.untilNext(now, SCAN_NS - (now - lookedAt));
        return watcher.poll(Math.max(left, 1), TimeUnit.NANOSECONDS);
    }

    /** Whether anything other than a jar changed, through which jars that are links may lead elsewhere. */
    private boolean take(WatchKey signalled) {
        List<WatchEvent<?>> events = signalled.pollEvents();
        signalled.reset();
        if (!signalled.equals(key)) {
            return true;
        }
        boolean other = !signalled.isValid();
        long now = System.nanoTime();
        for (WatchEvent<?> event : events) {
            if (event.kind() == OVERFLOW) {
                tellOfLoss();
            } else if (event.context() instanceof Path name) {
                if (!SourceFolder.isJar(name)) {
                    other = true;
                } else if (event.kind() == ENTRY_CREATE) {
                    unsettled.appeared(folder.resolve(name), now);
                } else {
                    unsettled.changed(folder.resolve(name), now);
                }
            }
        }
        return other;
    }

    /** Compares the folder to which the path leads with the previous one. */
    private void look() throws IOException {
        FolderSnapshot snapshot = FolderSnapshot.of(folder);
        if (snapshot == null) {
            missing();
            return;
        }
        missingSince = null;
        if (!snapshot.folder().equals(watched)) {
            snapshot = register();
            watched = snapshot.folder();
            if (snapshot.jars().isEmpty() && !known.isEmpty()) {
                LOG.warn(
                        "The modules folder {} was replaced by an empty one; its modules stay until a reload.", folder);
                known.clear();
                unsettled.clear();
            } else {
                LOG.info("The modules folder {} was replaced.", folder);
            }
        }
        noteChanges(snapshot);
    }

    private void noteChanges(FolderSnapshot snapshot) {
        long now = System.nanoTime();
        Set<Path> jars = new HashSet<>(snapshot.jars().keySet());
        jars.addAll(known.keySet());
        for (Path jar : jars) {
            boolean isKnown = Objects.equals(known.get(jar), snapshot.jars().get(jar));
            if (!isKnown && deferred.isDue(jar, now)) {
                unsettled.found(jar, now);
            }
        }
    }

    /** Another folder may be about to replace the removed one, so it is not created again at once. */
    private void missing() throws IOException {
        long now = System.nanoTime();
        if (missingSince == null) {
            LOG.warn("The modules folder {} was removed; its modules stay.", folder);
            missingSince = now;
            unsettled.clear();
        } else if (now - missingSince >= SCAN_NS) {
            FolderSnapshot made = register();
            LOG.warn("The modules folder {} is created again.", folder);
            missingSince = null;
            watched = made.folder();
            known.clear();
            noteChanges(made);
        }
    }

    /** Reports existing jars before removed ones: a jar that replaces another under a new name then updates its module. */
    private void reportSettled() {
        Map<Path, FolderSnapshot.Identity> there = new LinkedHashMap<>();
        List<Path> gone = new ArrayList<>();
        for (Path jar : unsettled.takeSettled(System.nanoTime(), this::isGoneOrComplete)) {
            FolderSnapshot.Identity identity = FolderSnapshot.identity(jar);
            if (identity == null) {
                gone.add(jar);
            } else {
                there.put(jar, identity);
            }
        }
        there.forEach((jar, identity) -> {
            if (isApplied(jar)) {
                known.put(jar, identity);
            }
        });
        for (Path jar : gone) {
            if (isApplied(jar)) {
                known.remove(jar);
            }
        }
    }

    /** Anything other than a file is not opened: a named pipe could block forever, and it will not become a jar. */
    private boolean isGoneOrComplete(Path jar) {
        if (ModuleFolders.isOne(jar)) {
            return isUnchanged(jar);
        }
        return FolderSnapshot.identity(jar) == null
                || SourceFolder.notAJar(jar).isPresent()
                || JarContents.isWhole(jar);
    }

    /** Whether a module's folder is as it was a moment ago; nothing says that its last file has come. */
    private boolean isUnchanged(Path module) {
        FolderSnapshot.Identity now = FolderSnapshot.identity(module);
        if (now != null && now.equals(growing.put(module, now))) {
            growing.remove(module);
            return true;
        }
        return false;
    }

    /** Reports a changed jar; one that was not applied differs from what is known, so the next scans find it again. */
    private boolean isApplied(Path jar) {
        try {
            changed.accept(jar);
            deferred.applied(jar);
            return true;
        } catch (RuntimeException | Error e) {
            if (deferred.failed(jar, System.nanoTime())) {
                LOG.error("A change of {} could not be applied; it is tried again.", jar, e);
            }
            return false;
        }
    }

    private void tellOfLoss() {
        try {
            lost.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The modules folder {} could not be examined; each file that has changed is.", folder, e);
        }
    }
}
