package dev.pawl.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a server and its database that can be cut. While it is cut, connections stay open and new ones are taken, and nothing comes
 * through in the ways that are cut: nobody is told, as when packets are dropped.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private boolean cutToDatabase; // guarded by changed, as is what follows
    private boolean cutToServer;
    private boolean closed;

    private TcpProxy(int target, int port) throws IOException {
        this.target = target;
        door = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** Opens a network that leads to a port of this machine. */
    static TcpProxy to(int port) throws IOException {
        return new TcpProxy(port, 0);
    }

    /** Opens it again at its place, after it was closed. */
    TcpProxy again() throws IOException {
        return new TcpProxy(target, door.getLocalPort());
    }

    int port() {
        return door.getLocalPort();
    }

    /** Drops what is sent, in one way or both. */
    void cut(boolean toDatabase, boolean toServer) {
        synchronized (changed) {
            cutToDatabase = toDatabase;
            cutToServer = toServer;
            changed.notifyAll();
        }
    }

    /** Lets all through again: what was sent meanwhile arrives, as with TCP. */
    void mend() {
        cut(false, false);
    }

    private void accept() {
        try {
            while (true) {
                Socket server = door.accept();
                sockets.add(server);
                thread(() -> connect(server));
            }
        } catch (IOException closing) {
            // the test is over
        }
    }

    private void connect(Socket server) {
        try (server;
                Socket database = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(database);
            thread(() -> pipe(server, database, true));
            pipe(database, server, false);
        } catch (IOException broken) {
            // as networks are
        } finally {
            sockets.remove(server);
        }
    }

    private void pipe(Socket from, Socket to, boolean toDatabase) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0 && awaitOpen(toDatabase); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
            if (awaitOpen(toDatabase)) { // an end does not come through either
                to.close();
            }
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private boolean awaitOpen(boolean toDatabase) {
        synchronized (changed) {
            while (!closed && (toDatabase ? cutToDatabase : cutToServer)) {
                try {
                    changed.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return !closed;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        synchronized (changed) {
            closed = true;
            changed.notifyAll();
        }
        door.close();
        sockets.forEach(TcpProxy::close);
    }
}
