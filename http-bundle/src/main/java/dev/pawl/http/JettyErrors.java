package dev.pawl.http;

import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers with a problem when Jetty refuses a request before it reaches the API, such as one with a header that is too long. */
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
        if (cause instanceof EofException || cause instanceof ClosedChannelException) {
            callback.failed(
                    cause); // the client disconnected, or the server is stopping: a partly received request is not a
            // failure
            return;
        }
        String id = RequestId.of(request.getHeaders());
        var told = RequestFailure.ofJetty(code, message, cause, request, id);
        response.setStatus(told.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
        if (told.status() == ProblemCode.PART_MISSING.status()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Exchange.RETRY_AFTER_S);
        }
        // The connection closes. It must be said explicitly, because Jetty treats unreadable requests as HTTP/1.0,
        // where closing is
        // implied.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        Exchange.prepare(response.getHeaders(), id);
        byte[] body = JsonText.text(json -> ProblemJson.write(json, told.code(), told.status(), told.detail()))
                .getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
