package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Receivers;
import dev.pawl.notification.delivery.Signature;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.store.DueDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** The request that tells a receiver of an event. */
final class CallbackRequest {

    private final Receivers receivers;
    private final InstantSource clock;

    CallbackRequest(Receivers receivers, InstantSource clock) {
        this.receivers = receivers;
        this.clock = clock;
    }

    /**
     * Sends an event.
     *
     * @param request the request of the job: the callback that it asks for, and its place in a trace, which the receiver gets
     * @param unwanted asked every 100 ms; the request ends soon when it is true
     * @throws CancellationException when it was not wanted any more
     */
    Outcome send(DueDelivery delivery, JobRequest request, byte[] key, byte[] body, BooleanSupplier unwanted) {
        Instant at = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Pawl-Event", delivery.event().wireName());
        headers.put("X-Pawl-Delivery", Delivery.id(delivery.job(), delivery.event()));
        headers.put("X-Pawl-Timestamp", String.valueOf(at.getEpochSecond()));
        headers.put("X-Pawl-Signature", Signature.of(key, at, body));
        request.traceParent().ifPresent(place -> headers.put("traceparent", place.toString()));
        return receivers.send(request.callback().orElseThrow().url(), at, headers, body, unwanted);
    }
}
