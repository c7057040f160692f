package dev.pawl.samples.browser;

import dev.pawl.web.RefusedCallException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only way from a task's pages into the network: a proxy on loopback, for one task, that connects to allowed hosts alone. Navigations,
 * redirects, parts of pages, workers and WebSockets all come through here. It looks up a host's address itself and connects to the very
 * address that it has checked, and it knows the password of the proxy behind it, which the browser never sees.
 */
final class Gate implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final int CONNECT_MS = 20_000;
    private static final int MOST_REFUSALS = 50;

    private final AllowedHosts hosts;
    private final @Nullable Upstream upstream;
    private final ServerSocket server;
    private final PoolThreads threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refused = new HashMap<>();
    private final Consumer<String> whenRefused;
    private volatile @Nullable String failure;
    private volatile @Nullable String latestRefusal;
    private volatile boolean closed;

    /**
     * Opens it.
     *
     * @param upstream the proxy to go through; null to connect directly
     * @param whenRefused called with the reason the first time that a host is refused, on a thread of the gate
     */
    Gate(AllowedHosts hosts, @Nullable Upstream upstream, PoolThreads threads, Consumer<String> whenRefused)
            throws IOException {
        this.hosts = hosts;
        this.upstream = upstream;
        this.threads = threads;
        this.whenRefused = whenRefused;
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        threads.executor().execute(this::accept);
    }

    /** Its address for {@code proxyServer}. */
    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.executor().execute(() -> new GateConnection(this, client).serve());
            } catch (IOException | RuntimeException closing) {
                close();
            }
        }
    }

    /** Connects to a host, or to the proxy behind this gate; null when the host is refused. */
    @Nullable
    Socket connect(String host, int port) throws IOException {
        InetSocketAddress address;
        try {
            if (upstream == null) {
                address = new InetSocketAddress(hosts.permitted(host, port), port);
            } else {
                hosts.check(host, port);
                address = new InetSocketAddress(upstream.host(), upstream.port());
            }
        } catch (RefusedCallException refusal) {
            refuse(host, port, AllowedHosts.clause(refusal, host));
            return null;
        }
        return connect(address);
    }

    private Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        try {
            socket.connect(address, CONNECT_MS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            forget(socket);
            throw e;
        }
        if (closed) {
            forget(socket);
        }
        return socket;
    }

    private void refuse(String host, int port, String reason) {
        latestRefusal = reason;
        boolean isNew;
        synchronized (refused) {
            isNew = refused.size() < MOST_REFUSALS && refused.putIfAbsent(host + ":" + port, reason) == null;
        }
        if (isNew) {
            whenRefused.accept(reason);
        }
    }

    /** The reason why connections to that host have been refused; null when none has been. */
    @Nullable
    String refusal(String host, int port) {
        synchronized (refused) {
            return refused.get(host + ":" + port);
        }
    }

    /** Notes why a connection could not be made, since the browser only says that it could not; null forgets it. */
    void failed(@Nullable String reason) {
        failure = reason;
        latestRefusal = null;
    }

    /**
     * The reason of the latest connection that could not be made; null when all could. A refusal counts only when nothing else failed, since the
     * browser also asks for hosts that no page named.
     */
    @Nullable
    String failure() {
        String failed = failure;
        return failed == null ? latestRefusal : failed;
    }

    @Nullable
    Upstream upstream() {
        return upstream;
    }

    AllowedHosts hosts() {
        return hosts;
    }

    PoolThreads threads() {
        return threads;
    }

    /** Closes a connection of this gate. */
    void forget(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // which is what was wanted
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException closedAlready) {
            // which is what was wanted
        }
        open.forEach(this::forget);
    }
}
