package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.answer.IndexJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of the documentation, which is generated at the first request. */
public final class DocRoutes {

    private static final String HTML = "text/html";

    private final Supplier<List<Route>> routes;
    private final String version;
    private volatile @Nullable Pages pages;
    private volatile Answer.@Nullable Text openApi;

    public DocRoutes(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/",
                        Role.ANYONE,
                        "Leads browsers to the documentation, and programs to what is here.",
                        DeclaredAnswer.json(() -> IndexJson.SHAPE, "The server, for a program.")
                                .or(302, "The documentation, for a browser.", new Header("Location", "Its address.")),
                        this::index),
                Route.get(
                        "/docs",
                        Role.ANYONE,
                        "The documentation for people: this page.",
                        DeclaredAnswer.text(HTML, "The page."),
                        this::page),
                Route.get(
                        "/doc",
                        Role.ANYONE,
                        "The same page, at its older address.",
                        DeclaredAnswer.text(HTML, "The page."),
                        this::page),
                Route.get(
                        "/openapi.json",
                        Role.ANYONE,
                        "The same for programs, as OpenAPI.",
                        DeclaredAnswer.json(() -> AnswerKinds.OBJECT, "OpenAPI 3.1."),
                        this::openApi));
    }

    private Answer index(Call call) {
        String accepted = call.request().getHeaders().get("Accept");
        return accepted != null && accepted.contains(HTML)
                ? new Answer.Empty(302, Map.of("Location", "/docs"))
                : Answer.json(IndexJson.SHAPE, version);
    }

    private Answer page(Call call) {
        Pages made = pages;
        if (made == null) {
            made = new Pages(DocPage.of(routes.get(), version));
            pages = made;
        }
        return made.at(origin(call));
    }

    /** The address by which the client reached the server; only hosts that are the server's own come here. */
    private static String origin(Call call) {
        String host = Objects.requireNonNullElse(call.request().getHeaders().get("Host"), "localhost");
        return call.request().getHttpURI().getScheme() + "://" + host;
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
