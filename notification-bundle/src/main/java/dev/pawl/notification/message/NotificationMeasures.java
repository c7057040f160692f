package dev.pawl.notification.message;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** The counts of tries and of what they came to. Safe for many threads. */
final class NotificationMeasures implements MetricSource {

    private static final String TRIES = "pawl_notification_tries_total";
    private static final String TRIES_HELP = "Tries to send a notification, by outcome.";

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final IntSupplier underWay;

    /** @param underWay the number of messages that are under way */
    NotificationMeasures(IntSupplier underWay) {
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
                "pawl_notifications_given_up_total",
                "Notifications that no receiver got in all tries, or that it refused.",
                givenUp.sum());
        sink.gauge("pawl_notifications_under_way", "Notifications that have no answer yet.", underWay.getAsInt());
    }
}
