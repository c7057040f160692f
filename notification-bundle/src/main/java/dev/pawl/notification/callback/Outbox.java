package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.CallbackRules;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.Receivers;
import dev.pawl.notification.delivery.TryMeasures;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.web.HostLookup;
import dev.pawl.web.ProxyUrls;
import dev.pawl.web.TrustedCertificates;
import dev.pawl.web.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Assembly of the delivery of callbacks, without a framework. Its client comes with the first delivery. */
public final class Outbox implements AutoCloseable {

    private static final TryMeasures.Texts TEXTS = new TryMeasures.Texts(
            "callback",
            "Requests that told a receiver of an event of a job, by outcome.",
            "Events of which a receiver was not told in all tries, or wanted no more.",
            "Requests of callbacks that have no answer yet.");

    private final UnderWay underWay = new UnderWay();
    private final TryMeasures measures = new TryMeasures(TEXTS, underWay::size);
    private final DueCallbacks due;
    private final Deliveries deliveries;
    private final InstantSource clock;
    private final Client client;
    private @Nullable WebClient made;

    /**
     * The client that sends requests.
     *
     * @param rules the addresses that may be called
     * @param lookup looks up hosts
     * @param trust the certificate authorities that are trusted
     * @param timeout the longest time of a request with its answer
     */
    public record Client(CallbackRules rules, HostLookup lookup, TrustedCertificates trust, Duration timeout) {

        /** The client of a server. */
        public static Client of(CallbackRules rules, TrustedCertificates trust) {
            return new Client(rules, HostLookup.OF_JVM, trust, Receivers.TIMEOUT);
        }
    }

    /** @param alarm called when there may be something to look for */
    public Outbox(Sources sources, Client client, InstantSource clock, DoubleSupplier random, Runnable alarm) {
        this.client = client;
        this.clock = clock;
        deliveries =
                new Deliveries(sources, this::request, Pauses.ofCallbacks(random), clock, underWay, measures, alarm);
        due = new DueCallbacks(sources.store(), underWay, deliveries::begin);
    }

    /** Begins what is due; returns the time of the next delivery after that. */
    public Optional<Instant> look(Instant now) {
        return due.look(now);
    }

    /** The number of deliveries that are under way. */
    int underWay() {
        return underWay.size();
    }

    /** The counts of its tries. */
    public MetricSource measures() {
        return measures;
    }

    private synchronized CallbackRequest request() {
        WebClient ready = made;
        if (ready == null) {
            ready = new WebClient(
                    client.rules().hosts(),
                    client.lookup(),
                    new ProxyUrls("", ""),
                    client.trust(),
                    "pawl-callback-watch");
            made = ready;
        }
        return new CallbackRequest(
                new Receivers(client.rules(), ready, clock, client.timeout(), Receivers.Kind.CALLBACK), clock);
    }

    /** Ends all deliveries; those that were not answered come again with the next outbox. */
    @Override
    public void close() {
        deliveries.close();
        WebClient last;
        synchronized (this) {
            last = made;
        }
        if (last != null) {
            last.close();
        }
    }
}
