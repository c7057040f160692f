package dev.pawl.http.stream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/** The way of texts to a client. */
@FunctionalInterface
interface TextSink {

    /**
     * Sends a text.
     *
     * @param text the text in UTF-8, which is not changed
     * @param more whether another one follows at once, so that both may be written together
     * @param sent told when the text is written, or gathered with those that follow
     */
    void send(ByteBuffer text, boolean more, Callback sent);

    /** The way to the client of a session. Jetty's session takes only strings, one write for each; what is below it takes bytes. */
    static TextSink of(Session session) {
        CoreSession core = ((WebSocketSession) session).getCoreSession();
        return (text, more, sent) -> core.sendFrame(new Frame(OpCode.TEXT, text), sent, more);
    }
}
