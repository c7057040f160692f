package dev.pawl.http.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Callback;

/** A client in memory, which takes what it gets, or nothing while it is told to. */
final class FakeOutlet implements Outlet {

    private static final Pattern EVENT = Pattern.compile("(?m)^event: (\\w+)$");

    private final StringBuilder text = new StringBuilder();
    private Callback pending;
    private boolean stuck;
    private boolean last;
    private Throwable failure;
    private int ends;

    /** Whether the client has hung up. */
    volatile boolean gone;

    /** Takes nothing any more. */
    synchronized void stick() {
        stuck = true;
    }

    /** Takes what waits, and what follows. */
    void loosen() {
        take(false);
    }

    /** Takes what waits, and not what follows. */
    void takeOnce() {
        take(true);
    }

    private void take(boolean staysStuck) {
        Callback taken;
        synchronized (this) {
            stuck = staysStuck;
            taken = pending;
            pending = null;
        }
        if (taken != null) {
            taken.succeeded();
        }
    }

    @Override
    public void write(boolean end, ByteBuffer bytes, Callback written) {
        synchronized (this) {
            text.append(StandardCharsets.UTF_8.decode(bytes));
            last = last || end;
            if (stuck) {
                pending = written;
                return;
            }
        }
        written.succeeded();
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public boolean disconnect() {
        Callback failed;
        synchronized (this) {
            failed = pending;
            pending = null;
        }
        if (failed != null) {
            failed.failed(new IllegalStateException("cut"));
        }
        return true;
    }

    @Override
    public synchronized void ended(Throwable cause) {
        ends++;
        failure = cause;
    }

    synchronized String text() {
        return text.toString();
    }

    /** The names of the events. */
    List<String> names() {
        return EVENT.matcher(text()).results().map(found -> found.group(1)).toList();
    }

    /** The id that came last. */
    String lastId() {
        String all = text();
        return all.substring(all.lastIndexOf("id: ") + 4).strip();
    }

    synchronized boolean isWaiting() {
        return pending != null;
    }

    synchronized boolean hasEnded() {
        return ends == 1 && last && failure == null;
    }

    synchronized boolean wasCut() {
        return ends == 1 && failure != null;
    }
}
