package dev.pawl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on loopback, with tunnels (CONNECT) and requests in absolute form. It looks no host up: every host leads to this machine, at
 * the port of the request.
 */
public final class LoopbackProxy implements AutoCloseable {

    private static final int LONGEST_HEAD = 64 * 1024;

    private final ServerSocket door;
    private final @Nullable String password;
    private final List<String> requestLines = new CopyOnWriteArrayList<>();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private LoopbackProxy(@Nullable String password) throws IOException {
        this.password = password;
        door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** Starts a proxy that takes anybody. */
    public static LoopbackProxy open() throws IOException {
        return new LoopbackProxy(null);
    }

    /** Starts a proxy that takes every user with this password. */
    public static LoopbackProxy withPassword(String password) throws IOException {
        return new LoopbackProxy(password);
    }

    /** The port. */
    public int port() {
        return door.getLocalPort();
    }

    /** The first lines of all requests so far. */
    public List<String> requestLines() {
        return List.copyOf(requestLines);
    }

    /** The names of their users, in the same order. */
    public List<String> users() {
        return List.copyOf(users);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                sockets.add(socket);
                thread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            List<String> head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            requestLines.add(head.get(0));
            OutputStream answer = client.getOutputStream();
            if (!admits(head)) {
                answer.write(
                        text(
                                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                return;
            }
            forward(head, client, answer);
        } catch (IOException broken) {
            // as a proxy sees it every day
        } finally {
            sockets.remove(client);
        }
    }

    private void forward(List<String> head, Socket client, OutputStream answer) throws IOException {
        String[] line = head.get(0).split(" ");
        boolean tunnel = line[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "https://" + line[1] : line[1]);
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            sockets.add(server);
            if (tunnel) {
                answer.write(text("HTTP/1.1 200 Connected\r\n\r\n"));
            } else {
                server.getOutputStream().write(text(originForm(head, line, target)));
            }
            thread(() -> pipe(client, server));
            pipe(server, client);
        }
    }

    private static String originForm(List<String> head, String[] line, URI target) {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder forwarded = new StringBuilder(line[0] + " " + target.getRawPath() + query + " HTTP/1.1\r\n");
        head.stream()
                .skip(1)
                .filter(header -> !header.regionMatches(true, 0, "Proxy-", 0, "Proxy-".length()))
                .forEach(header -> forwarded.append(header).append("\r\n"));
        return forwarded.append("\r\n").toString();
    }

    private boolean admits(List<String> head) {
        String prefix = "Proxy-Authorization: Basic ";
        String given = head.stream()
                .filter(header -> header.startsWith(prefix))
                .map(header -> new String(
                        Base64.getDecoder().decode(header.substring(prefix.length())), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
        users.add(given.contains(":") ? given.substring(0, given.indexOf(':')) : given);
        return password == null || given.endsWith(":" + password);
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            // one side has closed
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                return List.of();
            }
            head.write(next);
        }
        return new ArrayList<>(
                List.of(head.toString(StandardCharsets.ISO_8859_1).split("\r\n")));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "loopback-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes all connections. */
    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
