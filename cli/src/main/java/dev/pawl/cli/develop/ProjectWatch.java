package dev.pawl.cli.develop;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of a project's files. The system's notifications only wake it up; what changed is read from the files, so that nothing is
 * missed where notifications are lost, cannot be had (a limit of the system) or never come (network file systems): then it looks by itself.
 * One thread waits; another may close it.
 */
final class ProjectWatch implements AutoCloseable {
    /** How long nothing may change before what changed is taken: an editor saves several files, or one in several steps. */
    private static final Duration QUIET = Duration.ofMillis(40);

    /** The longest wait for quiet: something that writes all the time is built all the same. */
    private static final Duration LONGEST_BURST = Duration.ofSeconds(2);

    private static final Duration LOOK_BESIDE_NOTIFICATIONS = Duration.ofSeconds(1);
    private static final Duration LOOK_WITHOUT = Duration.ofMillis(250);

    private final ProjectFile project;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable WatchService notifications;
    private boolean notified;

    ProjectWatch(ProjectFile project) {
        this.project = project;
        this.notifications = open(project.folder());
        this.notified = notifications != null;
    }

    private static @Nullable WatchService open(Path folder) {
        try {
            return folder.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null; // such as "too many open files": looking by itself is slower, and works
        }
    }

    /** The files as they are. Notifications of later changes are not lost. */
    ProjectSnapshot look() throws IOException {
        ProjectSnapshot now = ProjectSnapshot.of(project);
        if (!notified) {
            return now;
        }
        register(now.folders());
        return ProjectSnapshot.of(project); // what was written into a new folder before it was watched
    }

    private void register(List<Path> folders) {
        for (Path folder : folders) {
            try {
                if (notifications != null) {
                    folder.register(
                            notifications,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                }
            } catch (IOException e) {
                notified = false; // the folder went, or the system's limit of watched folders is reached
                return;
            }
        }
        notified = true;
    }

    /**
     * Waits until a file is not as it was, and then until no more changes come.
     *
     * @throws InterruptedException when it was closed
     */
    ProjectSnapshot awaitChange(ProjectSnapshot former) throws IOException, InterruptedException {
        ProjectSnapshot now = look();
        while (now.changedSince(former).isEmpty()) {
            await(notified ? LOOK_BESIDE_NOTIFICATIONS : LOOK_WITHOUT);
            now = look();
        }
        long end = System.nanoTime() + LONGEST_BURST.toNanos();
        while (System.nanoTime() < end) {
            if (closed.await(QUIET.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException();
            }
            ProjectSnapshot later = look();
            if (later.changedSince(now).isEmpty()) {
                return later;
            }
            now = later;
        }
        return now;
    }

    /** Waits for the time; returns whether a file is not as it was. */
    boolean isChangedWithin(Duration most, ProjectSnapshot former) throws IOException, InterruptedException {
        if (closed.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException();
        }
        return !look().changedSince(former).isEmpty();
    }

    /** Waits for a notification, or for the time. */
    private void await(Duration most) throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new InterruptedException();
        }
        if (!notified || notifications == null) {
            if (closed.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException();
            }
            return;
        }
        try {
            WatchKey key = notifications.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = notifications.poll();
            }
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (notifications != null) {
                notifications.close();
            }
        } catch (IOException e) {
            return; // nothing of it is left that matters
        }
    }
}
