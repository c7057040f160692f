package dev.pawl.notification.callback;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that accepts connections and does with them what no good one does. */
final class HostileReceiver implements AutoCloseable {

    private static final int MIB = 1 << 20;

    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger connections = new AtomicInteger();

    /** A way to treat a connection, after the request has been read in part. */
    interface Behaviour {
        void treat(Socket connection, CountDownLatch closed) throws IOException, InterruptedException;
    }

    /** Never answers. */
    static final Behaviour HANG = (connection, closed) -> closed.await();

    /** Answers a byte every 50 ms, without end. */
    static final Behaviour TRICKLE = (connection, closed) -> {
        OutputStream out = connection.getOutputStream();
        out.write("HTTP/1.1 500 Oops\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
        while (!closed.await(50, TimeUnit.MILLISECONDS)) {
            out.write('a');
            out.flush();
        }
    };

    private HostileReceiver(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.socket = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "hostile-receiver");
        accepting.setDaemon(true);
        accepting.start();
    }

    static HostileReceiver that(Behaviour behaviour) throws IOException {
        return new HostileReceiver(behaviour);
    }

    /** Answers with a status and a gigabyte. */
    static Behaviour flood(int status) {
        return (connection, closed) -> {
            OutputStream out = connection.getOutputStream();
            out.write(("HTTP/1.1 " + status + " Flood\r\nContent-Length: " + (1L << 30) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] block = "flood ".repeat(MIB / 6).getBytes(StandardCharsets.US_ASCII);
            while (closed.getCount() > 0) {
                out.write(block); // until the other side closes
            }
        };
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                Thread thread = new Thread(() -> treat(connection), "hostile-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException over) {
                return;
            }
        }
    }

    private void treat(Socket connection) {
        try (connection) {
            connection.getInputStream().read(new byte[1024]);
            behaviour.treat(connection, closed);
        } catch (IOException gone) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
