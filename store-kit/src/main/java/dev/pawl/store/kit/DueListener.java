package dev.pawl.store.kit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener that is told, after a transaction that made something due, to look for it. Used by the writer's thread, but for {@link #attach},
 * {@link #isAttached} and {@link #tell}, which are safe for many threads.
 */
public final class DueListener {

    private static final Logger LOG = LoggerFactory.getLogger(DueListener.class);

    private volatile @Nullable Runnable listener;
    private boolean isDue;

    /** Attaches a listener; null for none. */
    public void attach(@Nullable Runnable looking) {
        listener = looking;
    }

    public boolean isAttached() {
        return listener != null;
    }

    /** Notes that this transaction makes something due. */
    public void due() {
        isDue = true;
    }

    /** The transaction is on disk; returns what tells the listener, if there is something to tell. */
    public Runnable committed() {
        boolean any = isDue;
        isDue = false;
        return any ? this::tell : () -> {};
    }

    /** Tells the listener, if there is one, to look. Safe for many threads. */
    public void tell() {
        Runnable told = listener;
        if (told != null) {
            try {
                told.run();
            } catch (RuntimeException e) { // whoever calls goes on
                LOG.error("The listener for what is due failed; this is a bug.", e);
            }
        }
    }

    /** The transaction has changed nothing. */
    public void undone() {
        isDue = false;
    }
}
