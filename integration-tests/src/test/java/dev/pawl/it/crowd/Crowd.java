package dev.pawl.it.crowd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many clients on one thread that send what they are told to, and read nothing unless asked to. */
final class Crowd implements AutoCloseable {

    private final URI server;
    private final List<SocketChannel> clients = new ArrayList<>();

    Crowd(URI server) {
        this.server = server;
    }

    /** So many more clients, each of which sends this as far as the server takes it. */
    void send(int count, byte[] bytes) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
            clients.add(client);
            client.configureBlocking(false);
        }
        List<ByteBuffer> left = new ArrayList<>();
        clients.subList(clients.size() - count, clients.size()).forEach(client -> left.add(ByteBuffer.wrap(bytes)));
        long deadline = System.nanoTime() + 5_000_000_000L;
        boolean more = true;
        while (more && System.nanoTime() - deadline < 0) {
            more = false;
            for (int i = 0; i < count; i++) {
                if (left.get(i).hasRemaining()) {
                    clients.get(clients.size() - count + i).write(left.get(i));
                    more |= left.get(i).hasRemaining();
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Lets every client send its request again as soon as it has an answer; returns how many answers came. */
    long repeat(byte[] request, long nanos) throws IOException {
        long answers = 0;
        long deadline = System.nanoTime() + nanos;
        ByteBuffer answer = ByteBuffer.allocate(1 << 16);
        try (Selector selector = Selector.open()) {
            for (SocketChannel client : clients) {
                client.register(selector, SelectionKey.OP_READ);
            }
            while (System.nanoTime() - deadline < 0) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel client = (SocketChannel) key.channel();
                    answer.clear();
                    if (client.read(answer) < 0) {
                        throw new IOException("The server closed a connection that is kept alive.");
                    }
                    answers++;
                    client.write(ByteBuffer.wrap(request));
                }
                selector.selectedKeys().clear();
            }
        }
        return answers;
    }

    /** A request's first bytes. */
    static byte[] request(URI server, String line, String headers, String body) {
        return (line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}
