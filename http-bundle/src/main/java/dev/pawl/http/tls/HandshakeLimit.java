package dev.pawl.http.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.thread.Scheduler;

/** Closes connections whose handshake does not end: a client that sends a byte now and then is never idle. */
public final class HandshakeLimit implements Connection.Listener {

    private final Scheduler scheduler;
    private final Duration limit;

    public HandshakeLimit(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection encrypted) {
            Scheduler.Task end =
                    scheduler.schedule(() -> encrypted.getEndPoint().close(), limit.toMillis(), TimeUnit.MILLISECONDS);
            encrypted.addHandshakeListener(new SslHandshakeListener() {
                @Override
                public void handshakeSucceeded(Event event) {
                    end.cancel();
                }

                @Override
                public void handshakeFailed(Event event, Throwable failure) {
                    end.cancel();
                }
            });
        }
    }
}
