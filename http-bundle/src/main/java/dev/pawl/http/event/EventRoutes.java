package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.event.EventType;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The routes of events. */
public final class EventRoutes {

    private static final String LAST_ID = "Last-Event-ID";

    private static final Header LAST = new Header(
            LAST_ID,
            "The id of the last event that the client has: the stream goes on after it, or begins with a reset.");
    private static final Query LAST_QUERY = Query.text(
            "last_event_id",
            StreamPosition.LONGEST,
            "The same as the header Last-Event-ID, for clients that cannot set it; the header counts when both are there.");
    private static final Query TYPES =
            Query.choices("types", EventType.class, "Only events of these types; all without it.");
    private static final Query AFTER = Query.integer(
            "after", 0, Long.MAX_VALUE, 0, "Only lines with a greater sequence number, when no last event is named.");

    private final EventStreams streams;
    private final Supplier<Scheduler> scheduler;

    public EventRoutes(EventStreams streams, Supplier<Scheduler> scheduler) {
        this.streams = streams;
        this.scheduler = scheduler;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/events",
                                Role.VIEWER,
                                "Streams what changes on the server.",
                                DeclaredAnswer.events(
                                        () -> EventJson.EVENTS,
                                        "Server-sent events as they happen, each with an id; a comment every 15 s."),
                                this::events)
                        .query(TYPES, LAST_QUERY)
                        .header(LAST),
                Route.get(
                                "/jobs/{id}/events",
                                Role.VIEWER,
                                "Streams what changes of a job, and its log from the beginning, until its end.",
                                DeclaredAnswer.events(
                                                () -> EventJson.JOB_EVENTS,
                                                "Server-sent events, each with an id; the last one is end.")
                                        .or(204, "The client has the end already."),
                                this::jobEvents)
                        .query(AFTER, LAST_QUERY)
                        .header(LAST));
    }

    private Answer events(Call call) {
        Set<EventType> types = call.isGiven(TYPES)
                ? call.words(TYPES).stream()
                        .map(word -> EventType.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet())
                : EnumSet.allOf(EventType.class);
        Optional<String> last = last(call);
        return new Answer.Stream((request, response, done) -> streams.open(() -> new ServerEventStream(
                streams, streams.log(), call.credential(), new ResponseOutlet(request, response, done), types, last)));
    }

    private Answer jobEvents(Call call) {
        String job = call.path("id");
        Optional<String> last = last(call);
        var unused = scheduler.get().job(job); // an unknown one is refused, also when only the headers are asked for
        if (last.flatMap(StreamPosition::parse).filter(StreamPosition::ended).isPresent()) {
            return Answer.none(); // a browser connects no more
        }
        long after = call.longInteger(AFTER);
        return new Answer.Stream((request, response, done) -> streams.open(() -> new JobEventStream(
                streams,
                streams.log(),
                scheduler.get(),
                call.credential(),
                new ResponseOutlet(request, response, done),
                job,
                last,
                after)));
    }

    private static Optional<String> last(Call call) {
        String header = call.request().getHeaders().get(LAST_ID);
        if (header == null || header.isBlank()) {
            return call.text(LAST_QUERY);
        }
        if (header.length() > StreamPosition.LONGEST) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    LAST_ID + " has " + header.length() + " characters; it takes the id of an event, of at most "
                            + StreamPosition.LONGEST + ".");
        }
        return Optional.of(header.strip());
    }
}
