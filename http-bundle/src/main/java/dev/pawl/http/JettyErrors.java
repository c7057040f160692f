package dev.pawl.http;

import dev.pawl.http.json.Json;
import dev.pawl.http.json.ProblemJson;
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

/** Says as a problem what Jetty refuses before a request reaches the API, such as a header that is too long. */
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
                    cause); // the client left, or the server does: a request that has come in part has not failed
            return;
        }
        var told = RequestFailure.ofJetty(code, message, cause, request);
        response.setStatus(told.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
        if (told.status() == ProblemCode.PART_MISSING.status()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Exchange.RETRY_AFTER_S);
        }
        // It does, also where Jetty takes what it cannot read for HTTP/1.0, whose clients expect that untold.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        Exchange.prepare(response.getHeaders());
        byte[] body = Json.text(json -> ProblemJson.write(json, told.code(), told.status(), told.detail()))
                .getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
