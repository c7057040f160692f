package dev.pawl.notification.callback;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** The counts of tries and of what they came to. Safe for many threads. */
public final class CallbackMeasures implements MetricSource {

    private static final String TRIES = "pawl_callback_tries_total";
    private static final String TRIES_HELP = "Requests that told a receiver of an event of a job, by outcome.";

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final IntSupplier underWay;

    /** @param underWay the number of deliveries that are under way */
    public CallbackMeasures(IntSupplier underWay) {
        this.underWay = underWay;
    }

    void delivered() {
        delivered.increment();
    }

    void failed(boolean isLast) {
        failed.increment();
        if (isLast) {
            givenUp.increment();
        }
    }

    @Override
    public void collect(MetricSink sink) {
        sink.counter(TRIES, TRIES_HELP, delivered.sum(), new Label("outcome", "delivered"));
        sink.counter(TRIES, TRIES_HELP, failed.sum(), new Label("outcome", "failed"));
        sink.counter(
                "pawl_callbacks_given_up_total",
                "Events of which a receiver was not told in all tries, or wanted no more.",
                givenUp.sum());
        sink.gauge("pawl_callbacks_under_way", "Requests of callbacks that have no answer yet.", underWay.getAsInt());
    }
}
