package dev.pawl.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Sends requests byte for byte as an HTTP library of older programs writes them, each on its own connection. */
final class Wire {

    /** A read timeout that is longer than any of those programs waits. */
    private static final int PATIENCE_MS = 30_000;

    private final URI url;
    private final Library library;
    private final String authorization;

    private Wire(URI url, Library library, String authorization) {
        this.url = url;
        this.library = library;
        this.authorization = authorization;
    }

    /** Creates a client for a server that does not require a token. */
    static Wire to(URI url, Library library) {
        return new Wire(url, library, "");
    }

    /** Creates a client that also sends the credentials from the address, {@code user:password}. */
    Wire as(String userInfo) {
        String basic = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        return new Wire(url, library, "Authorization: Basic " + basic + "\r\n");
    }

    /** An answer; the names of its headers are case-insensitive. */
    record Response(int status, Map<String, String> headers, String text) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError("No JSON in an answer with status " + status + ": " + text, e);
            }
        }

        /** Returns the body; fails when the status is another one. */
        JsonNode expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + " but got " + status + ": " + text);
            }
            return text.isEmpty() ? new ObjectMapper().nullNode() : json();
        }
    }

    Response get(String path) throws IOException {
        return send("GET", path, null);
    }

    /** Sends a request; {@code json} is the body as the program prints it, or null for none. */
    Response send(String method, String path, String json) throws IOException {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        String length = json == null ? null : Integer.toString(body.length);
        String head = method + " " + path + " HTTP/1.1\r\n" + library.headers(method, url.getAuthority(), length)
                + authorization + "\r\n";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body); // in a separate packet
            out.flush();
            return read(socket.getInputStream());
        }
    }

    private static Response read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length = status == 204 ? 0 : Integer.parseInt(headers.get("Content-Length"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("An answer was cut off.");
        }
        return new Response(status, headers, new String(plain(headers, body), StandardCharsets.UTF_8));
    }

    /** The body as those libraries hand it to their programs, which never see that it was compressed. */
    private static byte[] plain(Map<String, String> headers, byte[] body) throws IOException {
        if (!"gzip".equals(headers.get("Content-Encoding"))) {
            return body;
        }
        try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return inflated.readAllBytes();
        }
    }

    /** Reads up to the empty line. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("The connection ended within " + head);
            }
            head.write(octet);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (octet == '\n' && text.endsWith("\r\n\r\n")) {
                return text.substring(0, text.length() - 4);
            }
        }
    }
}
