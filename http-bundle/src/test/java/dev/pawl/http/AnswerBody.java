package dev.pawl.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;

/** The body of an answer as text; empty for a stream of events, which would not end and is cut instead. */
final class AnswerBody {

    private AnswerBody() {}

    /** Reads the body of an answer. */
    static BodySubscriber<String> of(ResponseInfo answer) {
        boolean isStream = answer.headers()
                .firstValue("Content-Type")
                .filter("text/event-stream"::equals)
                .isPresent();
        return isStream
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), AnswerBody::cut)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static String cut(InputStream body) {
        try (body) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
