package dev.pawl.notification.delivery;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** The counts of tries and of what they came to. Safe for many threads. */
public final class TryMeasures implements MetricSource {

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final Texts texts;
    private final IntSupplier underWay;

    /**
     * The words of the metrics.
     *
     * @param kind the part of their names: {@code pawl_KIND_tries_total}, {@code pawl_KINDs_given_up_total}, {@code pawl_KINDs_under_way}
     * @param tries says what the tries are
     * @param givenUp says what was given up
     * @param underWay says what is under way
     */
    public record Texts(String kind, String tries, String givenUp, String underWay) {}

    /** @param underWay the number of those that are under way */
    public TryMeasures(Texts texts, IntSupplier underWay) {
        this.texts = texts;
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
        String tries = "pawl_" + texts.kind() + "_tries_total";
        sink.counter(tries, texts.tries(), delivered.sum(), new Label("outcome", "delivered"));
        sink.counter(tries, texts.tries(), failed.sum(), new Label("outcome", "failed"));
        sink.counter("pawl_" + texts.kind() + "s_given_up_total", texts.givenUp(), givenUp.sum());
        sink.gauge("pawl_" + texts.kind() + "s_under_way", texts.underWay(), underWay.getAsInt());
    }
}
