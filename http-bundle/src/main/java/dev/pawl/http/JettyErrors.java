package dev.pawl.http;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.http.json.Json;
import dev.pawl.http.json.ProblemJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Says as a problem what Jetty refuses before a request reaches the API, such as a header that is too long. The API takes every path:
 * where Jetty finds nothing, it is not there any more, and the request may come again later.
 */
final class JettyErrors extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        if (cause instanceof EofException) {
            callback.failed(
                    cause); // the client left, or the server does: a request that has come in part has not failed
            return;
        }
        int status = code == HttpStatus.NOT_FOUND_404 ? HttpStatus.SERVICE_UNAVAILABLE_503 : code;
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
        Delivery.prepare(response.getHeaders());
        response.write(true, body(status, message), callback);
    }

    private static ByteBuffer body(int status, @Nullable String reason) {
        ProblemCode code = code(status);
        String detail =
                switch (code) {
                    case INTERNAL -> "The server failed at this request.";
                    case PART_MISSING -> "The server is starting or stopping and takes no requests now.";
                    default -> "The request was refused: " + (reason == null ? "status " + status : reason) + ".";
                };
        return ByteBuffer.wrap(
                Json.text(json -> ProblemJson.write(json, code, status, detail)).getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemCode code(int status) {
        return switch (status) {
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 408 -> ProblemCode.TOO_SLOW;
            case 413, 414, 431 -> ProblemCode.TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_TYPE;
            case 503 -> ProblemCode.PART_MISSING;
            case 505 -> ProblemCode.MALFORMED;
            default -> status < 500 ? ProblemCode.MALFORMED : ProblemCode.INTERNAL;
        };
    }
}
