package dev.pawl.samples.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server on the loopback address, which answers what a test tells it to and keeps what it is sent. */
final class SmtpFake implements AutoCloseable {

    /** The answer for which the server keeps the client waiting. */
    static final String SILENCE = "";

    private final ServerSocket listener;
    private final Map<String, ConcurrentLinkedDeque<String>> scripted = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile List<String> extensions = List.of("8BITMIME");
    private volatile @Nullable SSLContext encryption;
    private volatile boolean encryptedFromTheStart;

    SmtpFake() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "smtp-fake");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    SmtpFake offers(String... names) {
        extensions = List.of(names);
        return this;
    }

    SmtpFake encrypts(SSLContext context, boolean fromTheStart) {
        encryption = context;
        encryptedFromTheStart = fromTheStart;
        return this;
    }

    /** Gives these answers to the next commands that begin so; {@code greeting} and {@code .} stand for the connection and the content. */
    SmtpFake answers(String command, String... answers) {
        scripted.put(command, new ConcurrentLinkedDeque<>(Arrays.asList(answers)));
        return this;
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    /** The mails whose content came to its end, as they were sent, even those that were refused then. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "smtp-fake-client");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private void serve(Socket socket) {
        try {
            new Dialogue(encryptedFromTheStart ? encrypted(socket) : socket).hold();
        } catch (IOException ended) {
            // by the client or the test
        }
    }

    private Socket encrypted(Socket socket) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) encryption.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        return encrypted;
    }

    /** A dialogue with one client. */
    private final class Dialogue {
        private Socket socket;
        private BufferedReader in;

        Dialogue(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket next) throws IOException {
            socket = next;
            in = new BufferedReader(new InputStreamReader(next.getInputStream(), StandardCharsets.UTF_8));
        }

        void hold() throws IOException {
            say(answer("greeting", "220 fake"));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String word = line.split("[ :]", 2)[0];
                switch (word) {
                    case "EHLO" -> say(answer(line, capabilities()));
                    case "STARTTLS" -> {
                        say("220 go ahead");
                        use(encrypted(socket));
                    }
                    case "AUTH" -> say(answer(line, "235 2.7.0 accepted"));
                    case "DATA" -> content();
                    case "QUIT" -> say("221 bye");
                    default -> say(answer(line, "250 2.1.0 Ok"));
                }
            }
        }

        private String capabilities() {
            List<String> lines = new ArrayList<>(List.of("fake"));
            lines.addAll(extensions);
            String last = lines.remove(lines.size() - 1);
            StringBuilder all = new StringBuilder();
            lines.forEach(line -> all.append("250-").append(line).append("\r\n"));
            return all.append("250 ").append(last).toString();
        }

        private void content() throws IOException {
            String go = answer("DATA", "354 go on");
            say(go);
            if (!go.startsWith("354")) {
                return;
            }
            StringBuilder content = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            mails.add(content.toString());
            say(answer(".", "250 2.0.0 Ok: queued as F4K3"));
        }

        private String answer(String command, String usual) {
            return scripted.entrySet().stream()
                    .filter(entry -> command.startsWith(entry.getKey()))
                    .map(entry -> entry.getValue().poll())
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(usual);
        }

        private void say(String text) throws IOException {
            if (!text.equals(SILENCE)) {
                socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
