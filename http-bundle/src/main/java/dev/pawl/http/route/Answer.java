package dev.pawl.http.route;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answer of a route. */
public sealed interface Answer {

    /** The content type of JSON. */
    String JSON = "application/json";

    /** A JSON value of the kind that the route declares, written directly to the client: everything that can fail is done before. */
    static <V> JsonBody json(AnswerKind<V> kind, V value) {
        return new JsonBody(200, Map.of(), json -> kind.write(json, value));
    }

    /** The same with another status than 200. */
    static <V> JsonBody json(int status, AnswerKind<V> kind, V value) {
        return new JsonBody(status, Map.of(), json -> kind.write(json, value));
    }

    /** An empty answer with the status 204. */
    static Empty none() {
        return new Empty(204, Map.of());
    }

    /** The answer to a client that has the version with this entity tag already. */
    static Empty unchanged(String tag) {
        return new Empty(304, Map.of("ETag", tag));
    }

    /** The answer to a change once it is on disk. */
    static <T> Answer after(CompletionStage<T> change, Function<? super T, ? extends Answer> answer) {
        return new Later(change.thenApply(answer));
    }

    /** JSON. */
    record JsonBody(int status, Map<String, String> headers, JsonText.Body body) implements Answer {

        /** A copy with one more header. */
        public JsonBody with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new JsonBody(status, more, body);
        }
    }

    /**
     * A text that is in memory only once, for all requests, even when many clients do not read it.
     *
     * @param utf8 the bytes; their position is never moved
     */
    record Text(String type, Map<String, String> headers, ByteBuffer utf8) implements Answer {

        /** Creates the answer from a text. */
        public static Text of(String type, String text) {
            return new Text(
                    type,
                    Map.of(),
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
        }

        /** The same with one header. */
        public Text with(String name, String value) {
            return new Text(type, Map.of(name, value), utf8);
        }
    }

    /**
     * A part of a file, or the whole, which is read while the client takes it. It is closed by the one that sends it.
     *
     * @param type the content type
     * @param from the first byte
     * @param length the number of bytes
     */
    record FilePart(int status, Map<String, String> headers, String type, FileChannel file, long from, long length)
            implements Answer {}

    /** A status alone. */
    record Empty(int status, Map<String, String> headers) implements Answer {

        /** The same with one more header. */
        public Empty with(String name, String value) {
            return new Empty(status, Map.of(name, value));
        }
    }

    /** An answer that comes later; no thread waits for it. */
    record Later(CompletionStage<Answer> answer) implements Answer {}

    /**
     * An answer without a known end, whose parts are written as they come. No thread waits for them, and none for the client.
     *
     * @param opening begins it
     */
    record Stream(Opening opening) implements Answer {

        /** The content type of server-sent events. */
        public static final String TYPE = "text/event-stream";

        /** Prepares a stream. */
        @FunctionalInterface
        public interface Opening {

            /**
             * Prepares the stream of a request.
             *
             * @param done completed at its end
             * @return begins to write, once the headers are set
             * @throws dev.pawl.service.problem.ProblemException to answer with a problem instead
             */
            Runnable open(Request request, Response response, Callback done);
        }
    }

    /** The connection has become a WebSocket. */
    record Upgraded() implements Answer {}
}
