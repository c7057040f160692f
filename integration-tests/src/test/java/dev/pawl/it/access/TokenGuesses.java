package dev.pawl.it.access;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attacker who tries one token after another on many connections at once, from one address or from several. It works on the calling thread, until
 * every guess was answered.
 */
final class TokenGuesses {

    /** More than answers are held back at once, so that the attack is as fast as the server refuses; fewer than connections an address may have. */
    private static final int CONNECTIONS = 400;

    private static final long PATIENCE_MS = 30_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");

    private final URI server;
    private final ByteBuffer heard = ByteBuffer.allocateDirect(1 << 16);
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private int sent;
    private int answered;

    private TokenGuesses(URI server) {
        this.server = server;
    }

    /** Tries so many tokens; returns the number of answers by status. */
    static Map<Integer, Integer> make(URI server, List<String> addresses, int guesses) throws IOException {
        var attack = new TokenGuesses(server);
        List<SocketChannel> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int n = 0; n < Math.min(CONNECTIONS, guesses); n++) {
                SocketChannel channel = SocketChannel.open();
                open.add(channel);
                channel.bind(new InetSocketAddress(addresses.get(n % addresses.size()), 0));
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                attack.guess(channel);
            }
            while (attack.answered < guesses) {
                if (selector.select(PATIENCE_MS) == 0) {
                    throw new IOException("No answer came after " + attack.answers);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    attack.hear((SocketChannel) key.channel(), guesses);
                }
                selector.selectedKeys().clear();
            }
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
        return attack.answers;
    }

    private void guess(SocketChannel channel) throws IOException {
        String request = "GET /status HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                + "\r\nAuthorization: Bearer pawl_wrong_" + sent++ + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII))); // fits any socket's buffer
    }

    private void hear(SocketChannel channel, int guesses) throws IOException {
        heard.clear();
        if (channel.read(heard) < 0) {
            throw new EOFException("The server closed a connection after " + answers);
        }
        Matcher status = STATUS.matcher(StandardCharsets.US_ASCII.decode(heard.flip()));
        while (status.find()) {
            answers.merge(Integer.valueOf(status.group(1)), 1, Integer::sum);
            answered++;
            if (sent < guesses) {
                guess(channel);
            }
        }
    }
}
