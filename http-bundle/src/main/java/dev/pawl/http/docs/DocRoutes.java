package dev.pawl.http.docs;

import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.catalog.ModuleEntry;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of the documentation, which is generated at the first request. */
public final class DocRoutes {

    private static final String HTML = "text/html";

    private final Supplier<List<Route>> routes;
    private final String version;
    private final Function<Principal, List<ModuleEntry>> modules;
    private volatile @Nullable Pages pages;
    private volatile @Nullable Descriptions descriptions;

    /** @param modules the modules that a caller may know of */
    public DocRoutes(Supplier<List<Route>> routes, String version, Function<Principal, List<ModuleEntry>> modules) {
        this.routes = routes;
        this.version = version;
        this.modules = modules;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
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
                                "The same for programs, as OpenAPI; with a viewer's token also the inputs of the installed modules.",
                                DeclaredAnswer.json(() -> AnswerKinds.OBJECT, "OpenAPI 3.1.")
                                        .withTag(),
                                this::openApi)
                        .header(new Header("If-None-Match", "The ETag of the version that the client has.")));
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
        Descriptions made = descriptions;
        if (made == null) {
            made = new Descriptions(routes, version);
            descriptions = made;
        }
        Descriptions.Description known = made.of(modules.apply(call.actor().principal()));
        return known.tag().isKnown(call.request().getHeaders())
                ? Answer.unchanged(known.tag().text())
                : known.answer();
    }
}
