package dev.pawl.it.crowd;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of a {@link Crowd}: many clients on one thread. It reports to the crowd how many answers they have received, and ends
 * when it is killed or nobody reads its output any more.
 */
final class Attackers {

    /** The time without progress after which all clients count as being at work. */
    private static final long STUCK_NS = 300_000_000;

    private static final int SMALL_BUFFER = 8_192;

    private final PrintStream crowd =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
    private final Manner manner;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer heard = ByteBuffer.allocateDirect(1 << 16);
    private long answers;
    private long movedAt = System.nanoTime();

    private Attackers(Manner manner) throws IOException {
        this.manner = manner;
        this.selector = Selector.open();
    }

    /** The behaviour of clients after their request. */
    enum Manner {
        /** Clients that read nothing and send nothing more. */
        SILENT,
        /** Clients that repeat the request as soon as they have an answer. */
        IMPATIENT,
        /** Clients that repeat the request without waiting for answers, and read whatever arrives. */
        PIPELINING
    }

    /**
     * Attacks. Standard input contains the request: the length of its head, the head, in which {@code {n}} stands for the client's number,
     * and the body.
     *
     * @param arguments the port, the number of clients, and their manner
     */
    public static void main(String[] arguments) throws IOException {
        var in = new DataInputStream(System.in);
        String head = new String(in.readNBytes(in.readInt()), StandardCharsets.US_ASCII);
        byte[] body = in.readAllBytes();
        var attackers = new Attackers(Manner.valueOf(arguments[2]));
        for (int n = 0; n < Integer.parseInt(arguments[1]); n++) {
            attackers.connect(Integer.parseInt(arguments[0]), head.replace("{n}", Integer.toString(n)), body);
        }
        attackers.attack();
    }

    private void connect(int port, String head, byte[] body) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (manner == Manner.SILENT) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        Client client = new Client(channel, head(head), ByteBuffer.wrap(body));
        clients.add(client);
        channel.register(selector, SelectionKey.OP_WRITE, client);
    }

    /** The bytes of one request, or of many in a row. */
    private ByteBuffer head(String one) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(one.repeat(manner == Manner.PIPELINING ? 100 : 1).getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void attack() throws IOException {
        long said = 0;
        boolean atWork = false;
        while (!crowd.checkError()) {
            selector.select(50);
            for (SelectionKey key : selector.selectedKeys()) {
                try {
                    move((Client) key.attachment(), key);
                } catch (IOException letGo) {
                    key.cancel();
                    key.channel().close();
                }
            }
            selector.selectedKeys().clear();
            long now = System.nanoTime();
            boolean sent = clients.stream().allMatch(client -> client.sentOnce);
            if (!atWork && (sent || now - movedAt > STUCK_NS)) {
                atWork = true;
                crowd.println("at work");
            }
            if (now - said > 50_000_000) {
                said = now;
                crowd.println(answers);
            }
        }
    }

    private void move(Client client, SelectionKey key) throws IOException {
        if (key.isReadable()) {
            heard.clear();
            if (client.channel.read(heard) < 0) {
                throw new IOException("The server closed the connection.");
            }
            answers++;
            if (manner == Manner.IMPATIENT) {
                client.sendAgain();
            }
        }
        if (client.hasMore()) {
            if (client.channel.write(client.request) > 0) {
                movedAt = System.nanoTime();
            }
            if (!client.hasMore()) {
                client.sentOnce = true;
                if (manner == Manner.PIPELINING) {
                    client.sendAgain();
                }
            }
        }
        key.interestOps(
                (client.hasMore() ? SelectionKey.OP_WRITE : 0) | (manner == Manner.SILENT ? 0 : SelectionKey.OP_READ));
    }

    private static final class Client {

        final SocketChannel channel;
        final ByteBuffer[] request;
        boolean sentOnce;

        Client(SocketChannel channel, ByteBuffer... request) {
            this.channel = channel;
            this.request = request;
        }

        boolean hasMore() {
            return request[0].hasRemaining() || request[1].hasRemaining();
        }

        void sendAgain() {
            request[0].rewind();
            request[1].rewind();
        }
    }
}
