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
 * Tells which jars of a folder came, changed or went, as the operating system notifies us. A jar that is complete when it appears
 * was moved here, and is told at once. The end of a write is not notified: the one thread waits until the file has settled, see
 * {@link UnsettledFiles}. A file that is no complete jar by then, or holds parts of two as one does that is overwritten where it lies,
 * waits for its next event, and is told as it is when none comes.
 *
 * <p>It is the path that is watched. The system notifies of the folder that the path led to, and of links not at all, so what the path
 * leads to is also looked at every {@link #LOOK_NS}, which finds what a network file system does not notify of as well.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long JOIN_MS = 10_000;

    private final Path folder;
    private final Consumer<Path> changed;
    private final Runnable lost;
    private final WatchService watcher;
    private final Thread thread;
    private final UnsettledFiles unsettled = new UnsettledFiles();

    private @Nullable WatchKey key;
    private Object watched = "none";
    /** The files as they were when they were told, or found at the beginning. */
    private final Map<Path, FolderSnapshot.Identity> known = new HashMap<>();

    private long lookedAt = System.nanoTime();
    private @Nullable Long missingSince;

    private volatile @Nullable String trouble;

    /**
     * Begins to watch; a folder that cannot be watched is tried again for as long as it takes.
     *
     * @param changed is told a jar that came, changed or went, on the watching thread
     * @param lost is called when events were lost, so that everything is to be looked at
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

    /** Why drops are not noticed at present, in a sentence; empty when all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
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

    /** Makes the folder where there is none, and returns what is in it once it is watched. */
    private FolderSnapshot register() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (key != null) {
            key.cancel();
        }
        key = folder.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        FolderSnapshot sight = FolderSnapshot.of(folder);
        if (sight == null) {
            throw new IOException("The folder " + folder + " went away while it was looked at.");
        }
        return sight;
    }

    /** Ends with the watcher alone: whatever goes wrong in between is tried again. */
    private void watch() {
        while (true) {
            try {
                step(await());
                trouble = null;
            } catch (ClosedWatchServiceException closed) {
                LOG.debug("The modules folder is not watched any more.");
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever interrupts wants this thread to end
                trouble = "The modules folder " + folder + " is not watched: its thread was interrupted.";
                return;
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable why) {
        if (trouble == null) {
            LOG.error("The modules folder {} cannot be watched; that is tried again every second.", folder, why);
        }
        trouble = "The modules folder " + folder + " cannot be watched: " + why;
        lookedAt = System.nanoTime();
        unsettled.clear(); // the next look finds the changes again
    }

    private void step(@Nullable WatchKey signalled) throws IOException {
        boolean other = signalled != null && take(signalled);
        boolean due = System.nanoTime() - lookedAt >= LOOK_NS;
        // What comes and goes may do so in a folder that this path does not lead to any more.
        boolean same = watched.equals(FolderSnapshot.key(folder));
        if (other || due || (!same && missingSince == null)) {
            lookedAt = System.nanoTime();
            look();
        }
        if (same) {
            tellSettled();
        }
    }

    private @Nullable WatchKey await() throws InterruptedException {
        long now = System.nanoTime();
        long left = unsettled.untilNext(now, LOOK_NS - (now - lookedAt));
        return watcher.poll(Math.max(left, 1), TimeUnit.NANOSECONDS);
    }

    /** Returns whether something other than a jar changed, by which jars that are links may lead elsewhere. */
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
                tell(lost);
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

    /** Compares what the path leads to with what it led to before. */
    private void look() throws IOException {
        FolderSnapshot sight = FolderSnapshot.of(folder);
        if (sight == null) {
            missing();
            return;
        }
        missingSince = null;
        if (!sight.folder().equals(watched)) {
            sight = register();
            watched = sight.folder();
            if (sight.jars().isEmpty() && !known.isEmpty()) {
                LOG.warn("The modules folder {} is another one, and empty; its modules stay until a reload.", folder);
                known.clear();
                unsettled.clear();
            } else {
                LOG.info("The modules folder {} is another one now.", folder);
            }
        }
        noteChanges(sight);
    }

    private void noteChanges(FolderSnapshot sight) {
        long now = System.nanoTime();
        Set<Path> jars = new HashSet<>(sight.jars().keySet());
        jars.addAll(known.keySet());
        for (Path jar : jars) {
            if (!Objects.equals(known.get(jar), sight.jars().get(jar))) {
                unsettled.found(jar, now);
            }
        }
    }

    /** Another folder may be about to take the place of the one that went, so it is not made anew at once. */
    private void missing() throws IOException {
        long now = System.nanoTime();
        if (missingSince == null) {
            LOG.warn("The modules folder {} went away; its modules stay.", folder);
            missingSince = now;
            unsettled.clear();
        } else if (now - missingSince >= LOOK_NS) {
            FolderSnapshot made = register();
            LOG.warn("The modules folder {} is made anew.", folder);
            missingSince = null;
            watched = made.folder();
            known.clear();
            noteChanges(made);
        }
    }

    /** What is there comes first: a jar that replaces another under a new name updates its module. */
    private void tellSettled() {
        List<Path> there = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        for (Path jar : unsettled.takeSettled(System.nanoTime(), FolderWatch::isGoneOrWhole)) {
            FolderSnapshot.Identity identity = FolderSnapshot.identity(jar);
            if (identity == null) {
                known.remove(jar);
                gone.add(jar);
            } else {
                known.put(jar, identity);
                there.add(jar);
            }
        }
        there.forEach(jar -> tell(() -> changed.accept(jar)));
        gone.forEach(jar -> tell(() -> changed.accept(jar)));
    }

    /** Opening what is no file, such as a named pipe, could wait for ever; it will not become one either. */
    private static boolean isGoneOrWhole(Path jar) {
        return FolderSnapshot.identity(jar) == null || SourceFolder.oddity(jar).isPresent() || JarContents.isWhole(jar);
    }

    private void tell(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A change in the modules folder {} could not be followed.", folder, e);
        }
    }
}
