package dev.pawl.samples.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A small proxy on loopback that demands a user and a password (Basic). Every host is the one site behind it. */
final class PasswordProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int site;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private final String password;

    PasswordProxy(int site, String password) {
        this.site = site;
        this.password = password;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The users of all requests so far. */
    List<String> users() {
        return users;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException | RejectedExecutionException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket target = new Socket(InetAddress.getLoopbackAddress(), site)) {
            String head = head(client.getInputStream());
            String user = user(head);
            OutputStream out = client.getOutputStream();
            if (user.isEmpty()) {
                out.write(
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            users.add(user);
            if (head.startsWith("CONNECT ")) {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                threads.execute(() -> copy(client, target));
            } else {
                String[] request = head.split("\r\n", 2)[0].split(" ", 3);
                target.getOutputStream()
                        .write(("GET " + URI.create(request[1]).getPath()
                                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            target.getInputStream().transferTo(out);
        } catch (IOException gone) {
            // the browser or the test has closed the connection
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // the tunnel has ended
        }
    }

    private String user(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Proxy-Authorization: Basic "))
                .map(line -> new String(Base64.getDecoder().decode(line.substring(27)), StandardCharsets.UTF_8))
                .filter(credentials -> credentials.endsWith(":" + password))
                .map(credentials -> credentials.substring(0, credentials.length() - password.length() - 1))
                .findFirst()
                .orElse("");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int b = in.read();
        while (b >= 0 && !head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
            b = in.read();
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
