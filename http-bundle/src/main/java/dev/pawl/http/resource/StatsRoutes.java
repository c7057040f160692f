package dev.pawl.http.resource;

import dev.pawl.http.answer.SeriesJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.JobSeries;
import java.util.List;
import java.util.Locale;

/** The routes of what happened to jobs over time. */
public final class StatsRoutes {

    private static final Query SPAN =
            Query.choice("span", JobSeries.Span.class, "hour", "An hour by minutes, or a day by ten minutes.");
    private static final Query UNTIL =
            Query.time("until", "The time in the last step, by default the present; it is kept for 31 days.");

    private final Services parts;

    public StatsRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/stats/series",
                        Role.VIEWER,
                        "What happened to jobs in the last hour or day, step by step.",
                        DeclaredAnswer.json(() -> SeriesJson.SERIES, "The steps."),
                        this::series)
                .query(SPAN, UNTIL));
    }

    private Answer series(Call call) {
        JobSeries.Span span =
                JobSeries.Span.valueOf(call.text(SPAN).orElseThrow().toUpperCase(Locale.ROOT));
        return Answer.json(
                SeriesJson.SERIES,
                parts.scheduler().get().series(span, call.time(UNTIL).orElse(null)));
    }
}
