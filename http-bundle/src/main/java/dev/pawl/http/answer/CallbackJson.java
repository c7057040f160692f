package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Callbacks of jobs on the wire: what is asked for, and what it came to. */
public final class CallbackJson {

    private static final AnswerKind<CallbackEvent> EVENT = word(CallbackEvent.values(), CallbackEvent::wireName);

    /** The fields of a request. */
    static final AnswerShape<JobRequest> REQUESTED = AnswerShape.<JobRequest>of(
                    "CallbackRequest", "The callback that a request asks for.")
            .optional("callback_url", TEXT, CallbackJson::url, "The address that is told of the job, if any.")
            .optional("callback_events", listOf(EVENT), CallbackJson::events, "The events of which it is told.")
            .optional(
                    "callback_secret",
                    TEXT,
                    CallbackJson::secret,
                    "The name of the secret with which it is signed; absent for the server's key.");

    private static final AnswerShape<DeliveryTry> TRY = AnswerShape.<DeliveryTry>of(
                    "CallbackTry", "One request to a callback's address.")
            .field("at", TIME, DeliveryTry::at, "When it began.")
            .field("took_ms", INTEGER, made -> made.took().toMillis(), "Its duration, in milliseconds.")
            .nullable("status", INTEGER, DeliveryTry::status, "The status code of the answer; null when none came.")
            .nullable("error", TEXT, DeliveryTry::error, "The cause of its failure; null when it succeeded.")
            .optional(
                    "answer",
                    TEXT,
                    DeliveryTry::answer,
                    "When it failed: the first " + DeliveryTry.MOST_OF_ANSWER + " characters of the answer's content.");

    /** A delivery. */
    public static final AnswerShape<Delivery> DELIVERY = AnswerShape.<Delivery>of(
                    "Callback", "An event of a job of which its callback's address is told.")
            .field("id", TEXT, Delivery::id, "Its id, which each request carries as X-Pawl-Delivery.")
            .field("event", EVENT, Delivery::event, "The event.")
            .field(
                    "state",
                    word(DeliveryState.values(), DeliveryState::wireName),
                    Delivery::state,
                    "waiting for its next try, delivered, or failed for good.")
            .field("added_at", TIME, Delivery::addedAt, "When the event happened.")
            .nullable("next_at", TIME, Delivery::nextAt, "When it is tried next; null when it is not.")
            .field("tries", listOf(TRY), Delivery::tries, "Its latest tries, in order.");

    /** The fields of a job. */
    static final AnswerShape<Shown> SHOWN = AnswerShape.<Shown>of("JobCallback", "The callback of a job.")
            .all(REQUESTED, Shown::request)
            .optional(
                    "callbacks",
                    listOf(DELIVERY),
                    Shown::deliveries,
                    "The events of which it was told, or is to be; absent without a callback_url.");

    private CallbackJson() {}

    /**
     * The callback of a job as it is shown.
     *
     * @param request its request
     * @param deliveries its deliveries; null when they are not shown
     */
    record Shown(JobRequest request, @Nullable List<Delivery> deliveries) {}

    static @Nullable String url(JobRequest request) {
        return request.callback().map(Callback::url).orElse(null);
    }

    static @Nullable List<CallbackEvent> events(JobRequest request) {
        return request.callback()
                .map(callback -> List.copyOf(callback.events()))
                .orElse(null);
    }

    static @Nullable String secret(JobRequest request) {
        return request.callback().map(Callback::secret).orElse(null);
    }
}
