package dev.pawl.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Follows a log over a WebSocket as the older engine's command line does, which offers to accept compression. */
final class LogFollower implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Socket socket;
    private final DataInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final List<JsonNode> entries = new ArrayList<>();

    /** Connects; {@link #readToTheEnd()} reads the messages. */
    LogFollower(URI url, String job) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        String request = "GET /jobs/" + job + "/logs/stream HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                + "User-Agent: Python/3.11 websockets/15.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = Wire.head(in);
        if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
            throw new IOException("No WebSocket: " + answer);
        }
    }

    /** Reads the first line. */
    void readALine() throws IOException {
        int code = read(1);
        if (code != 0) {
            throw new IOException("The server closed with " + code + " before a line came.");
        }
    }

    /** Reads until the server closes; returns the close code. */
    int readToTheEnd() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    /** Reads until there are that many lines and returns 0, or returns the close code if the server closes first. */
    private int read(int lines) throws IOException {
        while (entries.size() < lines) {
            int first = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length());
            switch (first & 0x0f) {
                case TEXT -> entry((first & 0x40) == 0 ? payload : inflated(payload));
                case CLOSE -> {
                    return ByteBuffer.wrap(payload).getShort() & 0xffff;
                }
                case PING -> {} // the server tolerates a missing pong for longer than a test takes
                default -> throw new IOException("An unexpected frame: " + Integer.toHexString(first));
            }
        }
        return 0;
    }

    /** The log lines received so far. */
    List<String> messages() {
        return entries.stream().map(entry -> entry.get("message").asText()).toList();
    }

    private void entry(byte[] text) throws IOException {
        JsonNode entry = new ObjectMapper().readTree(text);
        if (!entry.path("type").asText().equals("ping")) {
            for (String field : new String[] {"timestamp", "level", "message"}) {
                if (!entry.path(field).isTextual()) {
                    throw new IOException("Without " + field + ": " + entry);
                }
            }
            entries.add(entry);
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        return length < 126 ? length : length == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong());
    }

    private byte[] inflated(byte[] deflated) throws IOException {
        byte[] text = new byte[64 * 1024];
        try {
            inflater.setInput(deflated);
            int length = inflater.inflate(text);
            inflater.setInput(TAIL);
            length += inflater.inflate(text, length, text.length - length);
            return Arrays.copyOf(text, length);
        } catch (DataFormatException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        socket.close();
    }
}
