package dev.pawl.otel;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A collector of OpenTelemetry, by OTLP over HTTP. The exporter and its thread are made with the first spans, and again after an attempt
 * that did not end in time: the limit of the JDK's client does not hold for an answer that never ends.
 */
final class OtlpCollector implements Collector {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The library logs each failure; {@link SpanQueue} tells of them once. Held, since the JDK forgets levels of loggers that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry.exporter");

    private final OtlpSettings settings;
    private final Duration limit;
    private @Nullable Sender sender;

    OtlpCollector(OtlpSettings settings) {
        this(settings, LIMIT);
    }

    /** @param limit the time for an attempt and its repetitions */
    OtlpCollector(OtlpSettings settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
    }

    @Override
    public Attempt send(List<SpanData> spans) {
        Sender ready = sender;
        if (ready == null) {
            LIBRARY.setLevel(Level.OFF);
            ready = new Sender(settings, limit);
            sender = ready;
        }
        return new Sending(
                ready.exporter.export(spans),
                System.nanoTime() + limit.plusSeconds(1).toNanos());
    }

    @Override
    public void close() {
        Sender last = sender;
        sender = null;
        if (last != null) {
            last.end();
        }
    }

    /** An exporter and the thread that it uses. */
    private static final class Sender {

        private final ExecutorService threads =
                new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "pawl-trace-send");
                    thread.setDaemon(true);
                    return thread;
                });
        private final OtlpHttpSpanExporter exporter;

        Sender(OtlpSettings settings, Duration limit) {
            OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                    .setEndpoint(settings.endpoint().toString())
                    .setHeaders(settings::headers)
                    .setCompression("gzip")
                    .setConnectTimeout(CONNECT)
                    .setTimeout(limit)
                    .setExecutorService(threads)
                    .setMeterProvider(MeterProvider.noop())
                    .setComponentLoader(new JdkClient());
            settings.authorities().ifPresent(file -> {
                try {
                    builder.setTrustedCertificates(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException("PAWL_OTLP_CA cannot be read: " + e, e);
                }
            });
            exporter = builder.build();
        }

        void end() {
            threads.shutdownNow();
            var unused = exporter.shutdown();
        }
    }

    /** Lets the library send with the JDK's client: it looks for one by a service loader, which does not see into a bundle. */
    private static final class JdkClient implements ComponentLoader {
        @Override
        public <T> Iterable<T> load(Class<T> type) {
            return type == HttpSenderProvider.class ? List.of(type.cast(new JdkHttpSenderProvider())) : List.of();
        }
    }

    private final class Sending implements Attempt {

        private final CompletableResultCode result;
        private final CountDownLatch done = new CountDownLatch(1);
        private final long until;

        Sending(CompletableResultCode result, long until) {
            this.result = result;
            this.until = until;
            var unused = result.whenComplete(done::countDown);
        }

        @Override
        public boolean awaits(Duration time) throws InterruptedException {
            return done.await(time.toNanos(), TimeUnit.NANOSECONDS) || System.nanoTime() >= until;
        }

        @Override
        public @Nullable String failure() {
            if (!result.isDone()) {
                close();
                return "no answer within " + limit.toSeconds() + " s";
            }
            return result.isSuccess() ? null : reason(result.getFailureThrowable());
        }

        private static String reason(@Nullable Throwable failure) {
            if (!(failure instanceof HttpExportException http)) {
                return String.valueOf(failure);
            }
            HttpResponse answer = http.getResponse();
            return answer == null ? String.valueOf(http.getCause()) : "HTTP " + answer.getStatusCode();
        }
    }
}
