package dev.pawl.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.route.BodyBrokenException;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a failed request. This is the only place where a failure becomes a code, a status and a sentence, and where a bug of the
 * server is logged: once, with its stack trace and its request.
 *
 * @param status the code's status, or a more specific one
 */
record RequestFailure(ProblemCode code, int status, String detail) {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFailure.class);
    private static final int LONGEST_SHOWN = 200;

    private RequestFailure(ProblemCode code, String detail) {
        this(code, code.status(), detail);
    }

    /**
     * Classifies the exception by which a request failed in the API, and logs it when the server is at fault.
     *
     * @param id the request's id, for the log
     * @param partsMoved whether a service of the server was registered or unregistered during the request
     */
    static RequestFailure of(Throwable failure, Request request, String id, boolean partsMoved) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ProblemException known) {
            if (known.code().status() == ProblemCode.INTERNAL.status()) {
                logDefect(request, id, known);
            }
            return new RequestFailure(known.code(), String.valueOf(known.getMessage()));
        }
        return ofClient(cause).orElseGet(() -> ofServer(cause, request, id, partsMoved));
    }

    /**
     * Classifies a request that Jetty itself refused or failed at, and that the API has not seen or not answered. The API handles every
     * path: when Jetty finds no handler, the API has stopped, and the client may try again later.
     *
     * @param code the status with which Jetty would answer
     * @param id the request's id, for the log
     */
    static RequestFailure ofJetty(
            int code, @Nullable String said, @Nullable Throwable cause, Request request, String id) {
        if (cause instanceof TimeoutException) {
            return new RequestFailure(ProblemCode.TOO_SLOW, "The rest of the request did not arrive in time.");
        }
        int status = code == HttpStatus.NOT_FOUND_404 ? HttpStatus.SERVICE_UNAVAILABLE_503 : code;
        ProblemCode problem = code(status);
        if (problem == ProblemCode.PART_MISSING) {
            return new RequestFailure(problem, "The server is starting or stopping and accepts no requests now.");
        }
        if (problem != ProblemCode.INTERNAL) {
            return new RequestFailure(
                    problem, status, "The request was refused: " + (said == null ? "status " + status : said) + ".");
        }
        return of(cause == null ? new IllegalStateException(status + " " + said) : cause, request, id, false);
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

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = FutureFailure.cause(failure);
        return cause instanceof UncheckedIOException io && io.getCause() != null ? unwrapped(io.getCause()) : cause;
    }

    private static Optional<RequestFailure> ofClient(Throwable cause) {
        if (cause instanceof HttpException bad && bad.getCode() < 500) {
            return Optional.of(
                    new RequestFailure(ProblemCode.MALFORMED, bad.getCode(), String.valueOf(bad.getReason())));
        }
        if (cause instanceof BodyBrokenException) {
            return Optional.of(new RequestFailure(
                    ProblemCode.MALFORMED, "The request is incomplete: " + cause.getMessage() + "."));
        }
        return Optional.empty();
    }

    private static RequestFailure ofServer(Throwable cause, Request request, String id, boolean partsMoved) {
        if (cause instanceof RejectedExecutionException) {
            return new RequestFailure(ProblemCode.OVERLOADED, "Too many requests are waiting.");
        }
        if (cause instanceof OutOfMemoryError) {
            LOG.warn("Not enough memory for {}: {}", line(request, id), cause.getMessage());
            return new RequestFailure(
                    ProblemCode.OVERLOADED, "The server does not have enough memory for this request now.");
        }
        if (partsMoved) { // the service that it called may be closed, or its classes unloaded
            LOG.warn("{} failed while a part of the server was starting or stopping", line(request, id), cause);
            return new RequestFailure(
                    ProblemCode.PART_MISSING, "A part of the server was starting or stopping during this request.");
        }
        if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
            LOG.warn("{} failed because a file of the server could not be read or written", line(request, id), cause);
            return new RequestFailure(
                    ProblemCode.STORE_UNAVAILABLE, "A file of the server could not be read or written.");
        }
        logDefect(request, id, cause);
        return internal();
    }

    private static RequestFailure internal() {
        return new RequestFailure(ProblemCode.INTERNAL, "The server could not handle this request.");
    }

    private static void logDefect(Request request, String id, Throwable defect) {
        LOG.error("{} was answered with 500", line(request, id), defect);
    }

    /** The request's method and path without the query, which may hold a token, and its id. */
    private static String line(Request request, String id) {
        return shown(request.getMethod() + " " + request.getHttpURI().getPath()) + " (request " + id + ")";
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
