package dev.pawl.http.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of connections of one address. Loopback has no such limit: every program of this machine, and every client behind a
 * proxy on it, connects from there.
 */
final class AddressLimit implements Connection.Listener {

    private final int most;
    private final Predicate<InetAddress> exempt;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    /** @param exempt accepts addresses, such as those of proxies, that have no limit */
    AddressLimit(int most, Predicate<InetAddress> exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    @Override
    public void onOpened(Connection connection) {
        InetAddress address = address(connection);
        if (address != null && open.merge(address, 1, Integer::sum) > most) {
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        InetAddress address = address(connection);
        if (address != null) {
            open.computeIfPresent(address, (from, count) -> count == 1 ? null : count - 1);
        }
    }

    private @Nullable InetAddress address(Connection connection) {
        if (connection.getEndPoint() instanceof SslConnection.SslEndPoint) {
            return null; // within another connection, which counts
        }
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress from
                        && from.getAddress() != null
                        && !from.getAddress().isLoopbackAddress()
                        && !exempt.test(from.getAddress())
                ? from.getAddress()
                : null;
    }
}
