package dev.pawl.http.docs;

import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Route;
import java.util.List;
import java.util.function.Supplier;

/** The documentation, made when somebody first asks for it. */
public final class DocRoutes {

    private final Supplier<List<Route>> routes;
    private final String version;

    public DocRoutes(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    public Answer page(Call call) {
        return new Answer.Text("text/html; charset=utf-8", DocPage.of(routes.get(), version));
    }

    public Answer openApi(Call call) {
        return new Answer.Text("application/json", OpenApi.of(routes.get(), version));
    }
}
