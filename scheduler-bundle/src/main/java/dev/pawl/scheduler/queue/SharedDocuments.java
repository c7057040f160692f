package dev.pawl.scheduler.queue;

import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.store.DocumentObserver;
import dev.pawl.service.store.DocumentStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pauses and the names of secrets in memory as other servers change them: read anew when the store tells of a change, and again with
 * the next look when that failed. Safe for many threads.
 */
public final class SharedDocuments implements DocumentObserver {

    private static final Logger LOG = LoggerFactory.getLogger(SharedDocuments.class);

    private final QueueControls controls;
    private final SecretNames secrets;
    private final EventPublisher events;
    private final InstantSource clock;
    private final Runnable changed;
    private final Executor background;
    private final Rereading pauses = new Rereading();
    private final Rereading names = new Rereading();

    /** Whether a reading is to come, and whether the last one failed. */
    private static final class Rereading {
        final AtomicBoolean due = new AtomicBoolean();
        volatile boolean failed;
    }

    /**
     * Reads nothing yet.
     *
     * @param changed called when jobs may be claimed that could not be before
     * @param background a thread that may wait for the store
     */
    public SharedDocuments(
            QueueControls controls,
            SecretNames secrets,
            EventPublisher events,
            InstantSource clock,
            Runnable changed,
            Executor background) {
        this.controls = controls;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
        this.changed = changed;
        this.background = background;
    }

    /** Begins to follow the changes of other servers. */
    public void follow(DocumentStore documents) {
        for (String owner : QueueControls.owners()) {
            documents.observe(owner, this);
        }
        documents.observe(SecretNames.OWNER, this);
    }

    @Override
    public void changedElsewhere(String owner) {
        reread(owner.equals(SecretNames.OWNER) ? names : pauses);
    }

    /** Reads again what could not be read. Called every few seconds. */
    public void look() {
        if (pauses.failed) {
            reread(pauses);
        }
        if (names.failed) {
            reread(names);
        }
    }

    private void reread(Rereading which) {
        if (which.due.getAndSet(true)) {
            return;
        }
        which.failed = false;
        CompletionStage<Void> read = which == names
                ? CompletableFuture.runAsync(this::readNames, background)
                : controls.reread(this::readPauses, background);
        read.whenComplete((done, failure) -> {
            if (failure != null) {
                which.due.set(false);
                which.failed = true;
                LOG.debug("Changes by other servers could not be read", failure);
            }
        });
    }

    private void readNames() {
        names.due.set(false);
        secrets.reread();
    }

    private void readPauses() {
        pauses.due.set(false);
        boolean wasDisabled = controls.isQueueDisabled();
        Set<String> before = controls.paused();
        controls.read();
        Set<String> now = controls.paused();
        if (controls.isQueueDisabled() != wasDisabled) {
            publish(!wasDisabled, null);
        }
        now.stream().filter(module -> !before.contains(module)).forEach(module -> publish(true, module));
        before.stream().filter(module -> !now.contains(module)).forEach(module -> publish(false, module));
        changed.run();
    }

    private void publish(boolean paused, @Nullable String module) {
        QueueEvent.Change change = paused ? QueueEvent.Change.PAUSED : QueueEvent.Change.RESUMED;
        events.publish(() -> new QueueEvent(clock.instant(), change, module, 0));
    }
}
