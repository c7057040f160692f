package dev.pawl.http.session;

import dev.pawl.http.auth.Credential;
import dev.pawl.service.access.Principal;
import java.util.function.LongSupplier;

/**
 * A session of a browser. It ends with the credential with which it was opened, when it is closed, after some time without a request, and in any
 * case after its longest time. Safe for use by several threads.
 */
public final class Session implements Credential {

    private final SessionBasis basis;
    private final LongSupplier nanoTime;
    private volatile long usedAt;
    private volatile boolean closed;

    Session(SessionBasis basis, LongSupplier nanoTime) {
        this.basis = basis;
        this.nanoTime = nanoTime;
        this.usedAt = nanoTime.getAsLong();
    }

    @Override
    public Principal principal() {
        return basis.credential().principal();
    }

    @Override
    public boolean isInForce() {
        long now = nanoTime.getAsLong();
        return !closed
                && now - usedAt < Sessions.IDLE.toNanos()
                && now - basis.endsAt() < 0
                && basis.credential().isInForce();
    }

    @Override
    public boolean isOfBrowser() {
        return true;
    }

    /** The basis for another session of the same caller, which lasts no longer than this one. */
    SessionBasis basis() {
        return basis;
    }

    void used() {
        usedAt = nanoTime.getAsLong();
    }

    long usedAt() {
        return usedAt;
    }

    void close() {
        closed = true;
    }
}
