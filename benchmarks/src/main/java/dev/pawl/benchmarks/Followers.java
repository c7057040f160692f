package dev.pawl.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that follow the log of a job over WebSocket. They count frames of text and implement only the necessary part of RFC 6455, so that
 * the CPU time goes to the measured server. For use by one thread.
 */
final class Followers implements AutoCloseable {

    /** The time in which at least one more line has to come. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Clients that connect at once: an address that waits for its answer leaves the server idle. */
    private static final int GROUP = 50;

    private static final int BUFFER = 64 * 1024;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING_LENGTH = "{\"type\":\"ping\"}".length(); // a line is longer
    private static final int TWO_BYTE_LENGTH = 126;

    private final List<SocketChannel> sockets = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long lines;

    /** How far one client is in its frame. */
    private static final class Frame {
        private int head;
        private int header;
        private int left;
        private int length;
        private boolean closed;
    }

    private Followers(Selector selector) {
        this.selector = selector;
    }

    /** Connects clients to a job's log. */
    static Followers of(URI url, String job, int clients) throws IOException {
        Followers followers = new Followers(Selector.open());
        String request = "GET /jobs/" + job + "/logs/stream HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        for (int n = 0; n < clients; n += GROUP) {
            followers.connect(url, bytes, Math.min(GROUP, clients - n));
        }
        return followers;
    }

    private void connect(URI url, byte[] request, int clients) throws IOException {
        int first = sockets.size();
        for (int n = 0; n < clients; n++) {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
            sockets.add(socket);
            socket.write(ByteBuffer.wrap(request));
        }
        for (SocketChannel socket : sockets.subList(first, sockets.size())) {
            readHead(socket);
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, new Frame());
        }
    }

    private static void readHead(SocketChannel socket) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (socket.read(one.clear()) < 0) {
                throw new EOFException("The answer ended early: " + head);
            }
            head.append((char) one.get(0));
        }
        if (head.indexOf(" 101 ") < 0) {
            throw new IOException("No WebSocket: " + head);
        }
    }

    /** Reads until this number of lines has come, of all clients together. */
    void awaitLines(long wanted) throws IOException {
        long before = -1;
        long until = System.nanoTime();
        while (lines < wanted) {
            if (lines > before) {
                before = lines;
                until = System.nanoTime() + LIMIT.toNanos();
            }
            if (selector.keys().isEmpty() || System.nanoTime() > until) {
                throw new IOException("Only " + lines + " of " + wanted + " lines came, and "
                        + selector.keys().size() + " of " + sockets.size() + " clients are connected.");
            }
            selector.select(this::read, 1_000);
        }
    }

    /** Reads what is there; closes the connection once the server does, or it would keep it for a client that may still answer. */
    private void read(SelectionKey key) {
        Frame frame = (Frame) key.attachment();
        SocketChannel socket = (SocketChannel) key.channel();
        try {
            boolean isEnded = socket.read(buffer.clear()) < 0;
            buffer.flip();
            while (buffer.hasRemaining()) {
                take(frame);
            }
            if (isEnded || frame.closed) {
                socket.close();
            }
        } catch (IOException e) {
            key.cancel(); // its lines are missed in the end
        }
    }

    private void take(Frame frame) {
        if (frame.header == 0) {
            frame.head = buffer.get() & 0xff;
            frame.header = 1;
        } else if (frame.header == 1) {
            frame.length = buffer.get() & 0x7f;
            frame.header = frame.length == TWO_BYTE_LENGTH ? 2 : 4;
            if (frame.header == 2) {
                frame.length = 0;
            }
            frame.left = frame.length;
        } else if (frame.header < 4) {
            frame.length = (frame.length << 8) | (buffer.get() & 0xff);
            frame.left = frame.length;
            frame.header++;
        } else {
            int taken = Math.min(frame.left, buffer.remaining());
            buffer.position(buffer.position() + taken);
            frame.left -= taken;
        }
        if (frame.header == 4 && frame.left == 0) {
            lines += frame.head == TEXT && frame.length > PING_LENGTH ? 1 : 0;
            frame.closed |= frame.head == CLOSE;
            frame.header = 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        selector.close();
    }
}
