package dev.pawl.http.resource;

import dev.pawl.http.answer.IndexJson;
import dev.pawl.http.file.Inflated;
import dev.pawl.http.file.SiteAnswer;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.console.ConsoleFile;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The routes of the web console, and of the server's front door, which leads browsers there. */
public final class ConsoleRoutes {

    private static final String HTML = "text/html";

    private final Services parts;
    private final String version;

    /** @param version the product's version */
    public ConsoleRoutes(Services parts, String version) {
        this.parts = parts;
        this.version = version;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        Handler file = this::file; // one for both, since each has a class of its own in a start
        return List.of(
                Route.get(
                        "/",
                        Role.ANYONE,
                        "Leads browsers to the console, and programs to what is here.",
                        DeclaredAnswer.json(() -> IndexJson.SHAPE, "The server, for a program.")
                                .or(302, "The console, for a browser.", new Header("Location", "Its address.")),
                        this::index),
                Route.get(
                                Route.CONSOLE,
                                Role.ANYONE,
                                "The web console: a page that holds no data, and asks for it in the reader's name.",
                                DeclaredAnswer.redirect("The same with a slash at its end, where the page is."),
                                file)
                        .header(new Header("If-None-Match", "The ETag of the version that the client has."))
                        .problems(ProblemCode.PART_MISSING),
                Route.get(
                                Route.CONSOLE + "/" + Route.REST,
                                Role.ANYONE,
                                "A place in the console, which has the same page, or one of the page's scripts, styles and pictures.",
                                page(),
                                file)
                        .header(new Header("If-None-Match", "The ETag of the version that the client has."))
                        .problems(ProblemCode.PART_MISSING, ProblemCode.NOT_FOUND));
    }

    private static DeclaredAnswer page() {
        return DeclaredAnswer.text(HTML, "The page, or the file.").withTag();
    }

    private Answer index(Call call) {
        boolean hasConsole = parts.console().find().isPresent();
        String accepted = call.request().getHeaders().get("Accept");
        if (accepted == null || !accepted.contains(HTML)) {
            return Answer.json(IndexJson.SHAPE, new IndexJson.Index(version, hasConsole));
        }
        return new Answer.Empty(
                302, Map.of("Location", hasConsole ? "./console/" : "./docs")); // below any path of a proxy
    }

    private Answer file(Call call) throws IOException {
        String path = String.valueOf(call.request().getHttpURI().getPath());
        return path.equals(Route.CONSOLE)
                ? new Answer.Empty(302, Map.of("Location", "./console/")) // what the page names is relative to it
                : answer(call, path.substring(Route.CONSOLE.length() + 1));
    }

    private Answer answer(Call call, String path) throws IOException {
        ConsoleFile file = parts.console()
                .get()
                .file(path)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "The console has no such file now; reload the page."));
        return SiteAnswer.of(call, file, Inflated::of);
    }
}
