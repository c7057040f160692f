package dev.pawl.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends the same request repeatedly on one connection. It implements only the necessary part of HTTP/1.1, so that the CPU time goes to the
 * measured server. For use by one thread.
 */
final class Poster implements AutoCloseable {

    private static final int LARGEST_ANSWER = 16 * 1024;
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] answer = new byte[LARGEST_ANSWER];

    /** Connects to post JSON. */
    Poster(URI url, String path, String json) throws IOException {
        this(url, "POST", path, json);
    }

    /** Connects to ask with GET. */
    static Poster getter(URI url, String path) throws IOException {
        return new Poster(url, "GET", path, "");
    }

    private Poster(URI url, String method, String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + HEAD_END;
        request = (head + json).getBytes(StandardCharsets.UTF_8);
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Sends the request and waits for the answer.
     *
     * @return the answer's body
     * @throws IOException also when the answer is no success
     */
    String post() throws IOException {
        out.write(request);
        int length = 0;
        int whole = Integer.MAX_VALUE;
        int bodyStart = 0;
        while (length < whole) {
            int more = in.read(answer, length, answer.length - length);
            if (more <= 0) {
                throw new EOFException("The answer ended early: " + text(0, length));
            }
            length += more;
            if (bodyStart == 0) {
                String head = text(0, length);
                int end = head.indexOf(HEAD_END);
                if (end >= 0) {
                    bodyStart = end + HEAD_END.length();
                    whole = bodyStart + bodyLength(head.substring(0, bodyStart));
                }
            }
        }
        if (answer[9] != '2') {
            throw new IOException(text(0, length));
        }
        return text(bodyStart, length);
    }

    private static int bodyLength(String head) throws IOException {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("The answer does not say how long it is: " + head);
        }
        int start = at + LENGTH.length();
        return Integer.parseInt(head.substring(start, head.indexOf('\r', start)).strip());
    }

    private String text(int from, int to) {
        return new String(answer, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
