package dev.pawl.otel;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.testkit.Eventually;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans reach a collector over real HTTP, and one that is down, slow or broken costs spans alone. */
class ExportTest {

    private static final int MANY = 20_000;

    private final Receiver receiver = receiver();
    private SpanQueue queue;
    private ExportedTraces traces;

    private static Receiver receiver() {
        try {
            return new Receiver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private OtlpSettings settings() {
        return OtlpSettings.read(Map.of(
                "pawl.otlp.endpoint",
                receiver.url().toString(),
                "pawl.otlp.headers",
                "authorization=Bearer%20abc,x-tenant=a+b")::get);
    }

    @BeforeEach
    void begin() {
        sendBy(new OtlpCollector(settings()));
    }

    private void sendBy(OtlpCollector collector) {
        queue = new SpanQueue(collector);
        Resource resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "pawl-test"));
        traces = new ExportedTraces(queue, resource, 1, InstantSource.system());
    }

    @AfterEach
    void end() {
        queue.close();
        receiver.close();
    }

    @Test
    void aSpanArrivesWithTheNameOfTheServerAndTheTokenOfTheCollector() {
        span();
        eventually(() -> assertEquals(1, receiver.spans().size()));
        assertEquals("POST /jobs", receiver.spans().get(0).getName());
        assertEquals("pawl-test", receiver.resource("service.name"));
        assertEquals("Bearer abc", receiver.tokens().get(0));
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_exported_total")));
    }

    @Test
    void theLastSpansArriveWhenTheServerStops() {
        span();
        queue.close();
        assertEquals(1, receiver.spans().size());
    }

    @Test
    void spansAreLostWhileTheCollectorFailsAndArriveAfterwards() {
        receiver.answers(exchange -> exchange.sendResponseHeaders(500, -1));
        span();
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_lost_total{not_taken}")));
        receiver.answers(Receiver.TAKES);
        span();
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_exported_total")));
    }

    @Test
    void anAnswerThatIsGarbageHarmsNothing() {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(new byte[] {-1, -2, -3});
        });
        span();
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_exported_total")));
        span();
        eventually(() -> assertEquals(2, measured().get("pawl_trace_spans_exported_total")));
    }

    @Test
    void whoeverAddsSpansNeverWaitsForACollectorThatHangs() {
        receiver.answers(receiver::hang);
        long began = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            span();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(Eventually.PATIENCE) < 0, took::toString);
        Map<String, Long> measured = measured();
        assertTrue(measured.get("pawl_trace_spans_waiting") <= SpanQueue.MOST, measured::toString);
        assertTrue(
                measured.get("pawl_trace_spans_lost_total{queue_full}") >= MANY - SpanQueue.MOST - 1_024,
                measured::toString);
    }

    @Test
    void aCollectorThatHangsDoesNotKeepTheServerFromStopping() {
        receiver.answers(receiver::hang);
        span();
        eventually(() -> assertEquals(1, receiver.requests()));
        assertTrue(stopTook().compareTo(Duration.ofSeconds(8)) < 0);
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        queue.close();
        sendBy(new OtlpCollector(settings(), Duration.ofSeconds(4)));
        receiver.answers(receiver::hangInTheAnswer);
        span();
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_lost_total{not_taken}")));
        receiver.answers(Receiver.TAKES);
        span();
        eventually(() -> assertEquals(1, measured().get("pawl_trace_spans_exported_total")));
    }

    private Duration stopTook() {
        long began = System.nanoTime();
        queue.close();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void span() {
        traces.request(null, "POST /jobs", Duration.ZERO).ended(200);
    }

    private Map<String, Long> measured() {
        Map<String, Long> measured = new HashMap<>();
        queue.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, long value, Label... labels) {
                measured.put(labels.length == 0 ? name : name + "{" + labels[0].value() + "}", value);
            }

            @Override
            public void gauge(String name, String help, double value, Label... labels) {
                measured.put(name, (long) value);
            }

            @Override
            public void histogram(String name, String help, Histogram.Counts counts, Label... labels) {
                throw new AssertionError("The export measures no histogram, but reported " + name + ".");
            }
        });
        return measured;
    }
}
