package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of the documentation, which is generated at the first request. */
public final class DocRoutes {

    private static final String HTML = "text/html";

    private final Supplier<List<Route>> routes;
    private final String version;
    private volatile Answer.@Nullable Text page;
    private volatile Answer.@Nullable Text openApi;

    public DocRoutes(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get("/docs", Role.ANYONE, "This page.", DeclaredAnswer.text(HTML, "The page."), this::page),
                Route.get("/doc", Role.ANYONE, "The same page.", DeclaredAnswer.text(HTML, "The page."), this::page),
                Route.get(
                        "/openapi.json",
                        Role.ANYONE,
                        "The same as OpenAPI, for programs.",
                        DeclaredAnswer.json(() -> AnswerKinds.OBJECT, "OpenAPI 3.1."),
                        this::openApi));
    }

    private Answer page(Call call) {
        Answer.Text made = page;
        if (made == null) {
            made = Answer.Text.of(HTML + "; charset=utf-8", DocPage.of(routes.get(), version));
            page = made;
        }
        return made;
    }

    private Answer openApi(Call call) {
        Answer.Text made = openApi;
        if (made == null) {
            made = Answer.Text.of(Answer.JSON, OpenApi.of(routes.get(), version));
            openApi = made;
        }
        return made;
    }
}
