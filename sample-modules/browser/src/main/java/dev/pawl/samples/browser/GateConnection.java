package dev.pawl.samples.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One connection of the browser to its gate: a tunnel, or one request without encryption. */
final class GateConnection {

    private static final int MOST_HEAD = 256 * 1024;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Headers that concern the connection to a proxy, not the request. */
    private static final List<String> HOP_HEADERS =
            List.of("connection", "proxy-connection", "keep-alive", "proxy-authorization");

    private final Gate gate;
    private final Socket client;

    GateConnection(Gate gate, Socket client) {
        this.gate = gate;
        this.client = client;
    }

    /** Serves it to its end. */
    void serve() {
        String[] request = {"", ""};
        try {
            InputStream in = new BufferedInputStream(client.getInputStream());
            List<String> head = head(in);
            request = head.get(0).split(" ", 3);
            if (request.length < 3) {
                answer("400 Bad Request", "This is no request.");
            } else if (request[0].equals("CONNECT")) {
                tunnel(in, request[1]);
            } else {
                forward(in, head, request[0], URI.create(request[1]));
            }
        } catch (UnknownHostException e) {
            fail(request[1], "the host has no address");
        } catch (EOFException unused) {
            // browsers open more connections than they use
        } catch (IOException | IllegalArgumentException e) {
            fail(request[1], "the host cannot be reached: " + e.getMessage());
        } finally {
            gate.forget(client);
        }
    }

    private void tunnel(InputStream in, String authority) throws IOException {
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 ? HTTPS_PORT : Integer.parseInt(authority.substring(colon + 1));
        Socket target = gate.connect(bare(host), port);
        if (target == null) {
            answer("403 Forbidden", "Pawl: " + gate.failure() + ".");
            return;
        }
        try {
            if (gate.upstream() != null) {
                askUpstream(gate.upstream(), authority, target);
            }
            write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
            pump(in, target, Long.MAX_VALUE);
        } finally {
            gate.forget(target);
        }
    }

    private static void askUpstream(Upstream upstream, String authority, Socket target) throws IOException {
        String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + authorization(upstream);
        write(target.getOutputStream(), request + "\r\n");
        String status = head(target.getInputStream()).get(0);
        if (!status.matches("HTTP/1\\.[01] 2.*")) {
            throw new IOException("the proxy " + upstream + " answers: " + status);
        }
    }

    /** One request, after which the connection ends: what comes next on it may be meant for another host. */
    private void forward(InputStream in, List<String> head, String method, URI address) throws IOException {
        String host = String.valueOf(address.getHost());
        Socket target = gate.connect(bare(host), address.getPort() < 0 ? HTTP_PORT : address.getPort());
        if (target == null) {
            answer("403 Forbidden", "Pawl: " + gate.failure() + ".");
            return;
        }
        try {
            write(target.getOutputStream(), requestHead(head, method, address));
            pump(in, target, bodyLength(head));
        } finally {
            gate.forget(target);
        }
    }

    private String requestHead(List<String> head, String method, URI address) {
        Upstream upstream = gate.upstream();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        StringBuilder text =
                new StringBuilder(method + " " + (upstream == null ? path + query : address) + " HTTP/1.1\r\n");
        head.stream().skip(1).filter(line -> !HOP_HEADERS.contains(name(line))).forEach(line -> text.append(line)
                .append("\r\n"));
        return text.append(upstream == null ? "" : authorization(upstream))
                .append("Connection: close\r\n\r\n")
                .toString();
    }

    private static String authorization(Upstream upstream) {
        return upstream.authorization() == null ? "" : "Proxy-Authorization: " + upstream.authorization() + "\r\n";
    }

    private static long bodyLength(List<String> head) {
        if (head.stream().anyMatch(line -> name(line).equals("transfer-encoding"))) {
            return Long.MAX_VALUE; // the other side knows its end
        }
        return head.stream()
                .filter(line -> name(line).equals("content-length"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    /** Copies both ways until the target has said all. */
    private void pump(InputStream in, Socket target, long most) throws IOException {
        CompletableFuture<Void> up = gate.threads().run(() -> {
            try {
                copy(in, target.getOutputStream(), most);
                if (most == Long.MAX_VALUE) {
                    target.shutdownOutput();
                } else {
                    in.read(); // the browser wants no more of it, or sends the next request, which takes another
                    // connection
                    gate.forget(target);
                }
            } catch (IOException ended) {
                gate.forget(target);
            }
        });
        try {
            copy(target.getInputStream(), client.getOutputStream(), Long.MAX_VALUE);
            client.shutdownOutput();
        } finally {
            gate.forget(target);
            gate.forget(client);
            up.cancel(false);
        }
    }

    private static void copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = most;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            to.write(buffer, 0, read);
            to.flush();
            left -= read;
        }
    }

    private void fail(String target, String reason) {
        gate.failed(reason);
        answer("502 Bad Gateway", "Pawl: " + target + ": " + reason + ".");
    }

    private void answer(String status, String sentence) {
        byte[] body = sentence.getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream out = client.getOutputStream();
            write(
                    out,
                    "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                            + body.length + "\r\nConnection: close\r\n\r\n");
            out.write(body);
            out.flush();
        } catch (IOException gone) {
            // nobody is there to read it
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        int size = 0;
        String line = line(in);
        while (!line.isEmpty()) {
            lines.add(line);
            size += line.length();
            if (size > MOST_HEAD) {
                throw new IOException("the head of the request is longer than 256 KiB");
            }
            line = line(in);
        }
        if (lines.isEmpty()) {
            throw new EOFException("the browser closed the connection");
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b >= 0 && b != '\n' && line.size() < MOST_HEAD) {
            if (b != '\r') {
                line.write(b);
            }
            b = in.read();
        }
        if (b < 0 && line.size() == 0) {
            return "";
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static String name(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? "" : header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
