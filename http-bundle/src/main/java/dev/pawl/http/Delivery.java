package dev.pawl.http;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.http.json.Json;
import dev.pawl.http.json.ProblemJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.BodyReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings answers and problems to the client: at once, or when what they wait for is done. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Delivery() {}

    /** Sets what every answer says to a browser. */
    static void prepare(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
    }

    static void send(HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
        if (answer instanceof Answer.JsonBody json) {
            response.setStatus(json.status());
            response.setContentType(json.type());
            json.headers().forEach(response::setHeader);
            Json.write(json.body(), response.getOutputStream());
        } else if (answer instanceof Answer.Text text) {
            response.setContentType(text.type());
            response.getOutputStream().write(text.text().getBytes(StandardCharsets.UTF_8));
        } else if (answer instanceof Answer.Empty empty) {
            response.setStatus(empty.status());
        } else if (answer instanceof Answer.Later later) {
            sendLater(request, response, later.answer().toCompletableFuture());
        }
    }

    private static void sendLater(
            HttpServletRequest request, HttpServletResponse response, CompletableFuture<Answer> future) {
        AsyncContext async = request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
        async.setTimeout(0); // each future completes in a time that its maker states
        var unused = future.whenComplete((answer, failure) -> {
            try { // on a thread of ours: the one that completes futures must not wait for a client
                async.start(() -> finish(async, request, response, answer, failure));
            } catch (RejectedExecutionException e) {
                LOG.debug("An answer came after the server had stopped", e);
            }
        });
    }

    private static void finish(
            AsyncContext async,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Answer answer,
            @Nullable Throwable failure) {
        try {
            if (answer == null || failure != null) {
                problem(response, failure == null ? new IllegalStateException("A future held nothing.") : failure);
            } else {
                send(request, response, answer);
            }
        } catch (IOException | RuntimeException e) {
            problem(response, e);
        } finally {
            async.complete();
        }
    }

    /** Answers with what went wrong; a defect is logged and told without its insides. */
    static void problem(HttpServletResponse response, Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException known) {
            problem(response, known.code(), known.code().status(), String.valueOf(known.getMessage()));
        } else if (cause.getCause() instanceof TimeoutException || cause instanceof TimeoutException) {
            problem(response, ProblemCode.TOO_SLOW, 408, "The body stopped coming.");
        } else if (cause instanceof HttpException bad) {
            problem(response, ProblemCode.MALFORMED, bad.getCode(), String.valueOf(bad.getReason()));
        } else if (cause instanceof IOException) {
            LOG.debug("A client went away", cause);
            problem(response, ProblemCode.MALFORMED, 400, "The request did not come whole: " + cause.getMessage());
        } else {
            LOG.error("A request failed by a defect", cause);
            problem(response, ProblemCode.INTERNAL, 500, "The server failed at this request.");
        }
    }

    /** Answers a request that may not have been read to its end. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
        problem(response, failure);
        try {
            response.flushBuffer();
            BodyReader.drain(request);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A refused request's client went away", e);
        }
    }

    private static void problem(HttpServletResponse response, ProblemCode code, int status, String detail) {
        if (response.isCommitted()) {
            return; // the client sees it cut short
        }
        try {
            response.resetBuffer();
            response.setStatus(status);
            response.setContentType(ProblemJson.TYPE);
            if (status == 401) {
                response.setHeader("WWW-Authenticate", "Bearer");
            } else if (status == 503) {
                response.setHeader("Retry-After", "1");
            }
            byte[] body = Json.text(json -> ProblemJson.write(json, code, status, detail))
                    .getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (IOException e) {
            LOG.debug("A client went away before it was told: {}", detail, e);
        }
    }
}
