package dev.pawl.http.event;

import dev.pawl.http.answer.AnswerShape;
import dev.pawl.http.answer.EventJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.event.JobEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The texts of a stream of server-sent events, but for the events themselves. The format is that of the HTML standard. */
final class StreamText {

    /** The time after which a client whose connection has ended connects again, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private StreamText() {}

    /** The beginning of a stream, by which a client that has read nothing yet can go on. */
    static ByteBuffer beginning(String id) {
        return utf8("retry: " + RETRY_MS + "\n" + position(id));
    }

    /** A comment that keeps the connection alive, with the position: a client that wants few of the events is not left behind. */
    static ByteBuffer heartbeat(String id) {
        return utf8(": heartbeat\n" + position(id));
    }

    /** The end of an event: its id, and the empty line. */
    static ByteBuffer end(String id) {
        return utf8(position(id));
    }

    /** An event that is not of the log. */
    static <T> ByteBuffer event(String name, AnswerShape<T> shape, T data, String id) {
        return utf8(
                "event: " + name + "\ndata: " + JsonText.text(json -> shape.write(json, data)) + "\n" + position(id));
    }

    /** An event of a job that is shown to one client alone. */
    static ByteBuffer jobEvent(JobEvent event, String id) {
        return utf8("event: job\ndata: " + JsonText.text(json -> EventJson.write(json, event)) + "\n" + position(id));
    }

    /** The lines before the JSON of a log line. */
    static ByteBuffer lineBeginning() {
        return utf8("event: log\ndata: ");
    }

    /** The lines after the JSON of a log line. */
    static ByteBuffer lineEnd(String id) {
        return utf8("\n" + position(id));
    }

    private static String position(String id) {
        return "id: " + id + "\n\n";
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
