package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson;
import dev.pawl.http.answer.EventJson.End;
import dev.pawl.http.answer.EventJson.EndReason;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.memory.Share;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that reads a stream of events. It gets the next texts when it has taken the ones before, so that neither a thread nor more than a
 * few texts wait for it. One that takes nothing for {@link #SLOWEST} is disconnected; it can connect again and go on with the last id.
 */
abstract class EventStream extends IteratingCallback {

    /** The time after which a client that had nothing to read gets a comment. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** The longest time in which a client must take what is sent. */
    static final Duration SLOWEST = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** The looks after which it is checked whether the client is still there. */
    private static final int LOOKS = 5;

    private final EventStreams streams;
    private final Credential credential;
    private final Outlet outlet;
    private final Share share;
    private volatile @Nullable EndReason ending;
    private volatile boolean heartbeatDue;
    private volatile boolean writing;
    private volatile long wroteAt;
    private volatile boolean finished;
    private int looks; // used by the thread that looks
    private boolean begun; // used in process() alone, as is what follows
    private boolean over;
    private int reserved;

    EventStream(EventStreams streams, Credential credential, Outlet outlet) {
        this.streams = streams;
        this.credential = credential;
        this.outlet = outlet;
        this.share = streams.share();
        this.wroteAt = streams.nanoTime();
    }

    /** Begins to send. */
    void begin() {
        iterate();
    }

    /** Adds the first texts. */
    abstract void greet(Batch batch);

    /** Adds what there is for the client, until the batch is full; returns the end of the stream when nothing can follow any more. */
    abstract @Nullable End fill(Batch batch);

    /** The id of the last event that was added. */
    abstract String id();

    /** The id of the last event of all. */
    String lastId(End end) {
        return id();
    }

    /** Called about once a second. */
    void looked() {}

    /** Releases whatever else it holds. */
    void closed() {}

    /** Whether nothing can be sent any more. */
    final boolean isFinished() {
        return finished;
    }

    final Credential credential() {
        return credential;
    }

    /** Ends the stream; the client is told why. */
    final void end(EndReason reason) {
        ending = reason;
        iterate();
    }

    @Override
    protected final Action process() {
        share.shrink(reserved);
        reserved = 0;
        writing = false;
        if (over) {
            return Action.SUCCEEDED;
        }
        Batch batch = new Batch();
        if (!begun) {
            begun = true;
            greet(batch);
        }
        End end = next(batch);
        if (end != null) {
            over = true;
            batch.add(StreamText.event("end", EventJson.END, end, lastId(end)));
        } else if (batch.isEmpty() && heartbeatDue) {
            batch.add(StreamText.heartbeat(id()));
        }
        if (batch.isEmpty()) {
            return Action.IDLE;
        }
        heartbeatDue = false;
        int copied = batch.copied();
        reserved = share.tryGrow(copied) ? copied : 0; // without memory it is sent all the same: it is little
        ByteBuffer text = batch.joined();
        wroteAt = streams.nanoTime();
        writing = true;
        outlet.write(over, text, this);
        return Action.SCHEDULED;
    }

    private @Nullable End next(Batch batch) {
        EndReason asked = credential.isInForce() ? ending : EndReason.TOKEN_ENDED;
        return asked == null ? fill(batch) : new End(asked, null);
    }

    /** Looks whether something has to be done for the client, or about it. */
    final void look() {
        long waitedNs = streams.nanoTime() - wroteAt;
        looks++;
        looked();
        if (writing) {
            if (waitedNs > SLOWEST.toNanos()) {
                disconnect();
            }
        } else if (!credential.isInForce()) {
            end(EndReason.TOKEN_ENDED);
        } else if (waitedNs >= HEARTBEAT.toNanos()) {
            heartbeatDue = true;
            iterate();
        } else if (looks % LOOKS == 0 && outlet.isGone()) {
            abort(new EofException("The client has hung up."));
        }
    }

    /** Disconnects a client that reads nothing; over HTTP/2 only this answer ends, since its connection carries others. */
    private void disconnect() {
        streams.cut();
        if (!outlet.disconnect()) {
            abort(new TimeoutException(
                    "The client read nothing for " + TimeUnit.NANOSECONDS.toSeconds(SLOWEST.toNanos()) + " s."));
        }
    }

    @Override
    protected final void onCompleteSuccess() {
        finish();
        outlet.ended(null);
    }

    @Override
    protected final void onCompleteFailure(Throwable cause) {
        LOG.debug("A client that followed events has disconnected", cause);
        finish();
        outlet.ended(cause);
    }

    private void finish() {
        finished = true;
        closed();
        streams.remove(this);
        share.close();
    }

    @Override
    public final InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
