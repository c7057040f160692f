package dev.pawl.otel;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receiver of spans. Used by one thread. */
interface Collector extends AutoCloseable {

    /** Begins to send spans. */
    Attempt send(List<SpanData> spans);

    @Override
    void close();

    /** Spans on their way. */
    interface Attempt {

        /** Waits for the end of the attempt; false when it has not ended after this time. */
        boolean awaits(Duration time) throws InterruptedException;

        /** The reason why the spans did not arrive, for people; null when they did. An attempt that is still under way is given up. */
        @Nullable
        String failure();
    }
}
