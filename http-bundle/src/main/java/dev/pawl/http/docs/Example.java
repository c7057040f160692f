package dev.pawl.http.docs;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a route, and the answer to it.
 *
 * @param operation the name of the route among operations, such as {@code startJob}
 * @param command the command of {@code pawl} that does the same; null when there is none
 * @param method the method
 * @param target the path with the query
 * @param headers the headers of the request by name
 * @param body the body of the request; empty when there is none, a name after {@code @} when it is a file
 * @param answer the answer
 */
record Example(
        String operation,
        @Nullable String command,
        String method,
        String target,
        Map<String, String> headers,
        String body,
        Reply answer) {

    /**
     * An answer.
     *
     * @param status the status
     * @param headers the headers by name
     * @param body the body; of a WebSocket, one frame
     */
    record Reply(int status, Map<String, String> headers, String body) {}

    /** The path without the query. */
    String path() {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /** The query without its question mark; empty when there is none. */
    String query() {
        int end = target.indexOf('?');
        return end < 0 ? "" : target.substring(end + 1);
    }

    /** Whether the body is a file, which has no text to show. */
    boolean sendsFile() {
        return body.startsWith("@");
    }

    /** Parses an example from the lines after its name. */
    static Example parse(String operation, List<String> lines) {
        var rest = new Lines(lines);
        String command = rest.next().startsWith("$ ") ? rest.take().substring(2) : null;
        String[] request = rest.take().split(" ", 2);
        Map<String, String> headers = rest.headers();
        String body = rest.until("HTTP/1.1 ");
        int status = Integer.parseInt(rest.take().substring("HTTP/1.1 ".length()));
        return new Example(
                operation,
                command,
                request[0],
                request[1],
                headers,
                body,
                new Reply(status, rest.headers(), rest.until(null)));
    }
}
