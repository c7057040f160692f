package dev.pawl.http.resource;

import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.metric.MetricsPage;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/** The route of the server's measurements. */
public final class MetricRoutes {

    private static final String TEXT = "text/plain";

    private final Services parts;

    public MetricRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                "/metrics",
                Role.VIEWER,
                "The measurements of the server, for Prometheus.",
                DeclaredAnswer.text(
                        TEXT, "A page in the text format of Prometheus, or of OpenMetrics when Accept names it."),
                this::metrics));
    }

    private Answer metrics(Call call) {
        MetricsPage.Page page =
                parts.metrics().get().scrape(call.request().getHeaders().get(HttpHeader.ACCEPT));
        return Answer.Text.of(page.type(), page.text());
    }
}
