package dev.pawl.http.tls;

import dev.pawl.testkit.TlsClient;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that sends frames of HTTP/2 (RFC 9113) as no honest client would. */
final class Http2Attack implements AutoCloseable {

    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int GO_AWAY = 7;
    private static final int REFUSED_STREAM = 7;
    private static final int ACKNOWLEDGED = 1;

    /** GET /held of https://localhost, in HPACK (RFC 7541). */
    private static final byte[] REQUEST = {
        (byte) 0x82, (byte) 0x87, 0x44, 5, '/', 'h', 'e', 'l', 'd', 0x41, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'
    };

    private final SSLSocket socket;
    private int stream = -1;

    Http2Attack(int port) throws IOException {
        socket = TlsClient.connectHttp2(port);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0);
    }

    /** Begins a request without ending it. */
    int begin() throws IOException {
        stream += 2;
        send(HEADERS, END_HEADERS, stream, REQUEST);
        return stream;
    }

    /** Begins a request whose headers do not end. */
    int beginHeaders() throws IOException {
        stream += 2;
        send(HEADERS, 0, stream, REQUEST);
        return stream;
    }

    void send(int type, int flags, int stream, byte... payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(ByteBuffer.allocate(9)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        frame.writeBytes(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Reads until the server ends the connection, and returns the reason that it gave, a code of RFC 9113; -1 without one. */
    int end() throws IOException {
        int reason = -1;
        try {
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                Frame frame = Frame.read(in);
                if (frame.type() == GO_AWAY) {
                    reason = frame.payload().getInt(4);
                }
            }
        } catch (IOException ended) {
            return reason;
        }
    }

    /** Reads until the answer to a ping, and counts the streams that the server refused before it. */
    int refused() throws IOException {
        send(PING, 0, 0, new byte[8]);
        var in = new DataInputStream(socket.getInputStream());
        int refused = 0;
        while (true) {
            Frame frame = Frame.read(in);
            if (frame.type() == RESET && frame.payload().getInt(0) == REFUSED_STREAM) {
                refused++;
            }
            if (frame.type() == PING && frame.flags() == ACKNOWLEDGED) {
                return refused;
            }
        }
    }

    private record Frame(int type, int flags, ByteBuffer payload) {

        static Frame read(DataInputStream in) throws IOException {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, ByteBuffer.wrap(payload));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
