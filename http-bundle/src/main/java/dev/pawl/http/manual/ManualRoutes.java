package dev.pawl.http.manual;

import dev.pawl.http.file.SiteAnswer;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of the manual, and their handler: one class for a start, which reads nothing. */
public final class ManualRoutes implements Handler {

    private volatile @Nullable ManualFiles files;

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                Route.MANUAL,
                                Role.ANYONE,
                                "The manual, which holds nothing of this server's data.",
                                DeclaredAnswer.redirect("The same with a slash at its end, where its first page is."),
                                this)
                        .header(new Header("If-None-Match", "The ETag of the version that the client has.")),
                Route.get(
                                Route.MANUAL + "/" + Route.REST,
                                Role.ANYONE,
                                "A page of the manual, or one of its scripts, styles and pictures.",
                                DeclaredAnswer.text("text/html", "The page, or the file.")
                                        .withTag(),
                                this)
                        .header(new Header("If-None-Match", "The ETag of the version that the client has."))
                        .problems(ProblemCode.NOT_FOUND));
    }

    @Override
    public Answer handle(Call call) throws IOException {
        String path = String.valueOf(call.request().getHttpURI().getPath());
        if (path.equals(Route.MANUAL)) {
            return new Answer.Empty(302, Map.of("Location", "./manual/")); // below any path of a proxy
        }
        ManualFiles known = files;
        if (known == null) {
            known = new ManualFiles();
            files = known;
        }
        String name = path.substring(Route.MANUAL.length() + 1);
        return SiteAnswer.of(
                call,
                known.file(name)
                        .orElseThrow(() -> new ProblemException(
                                ProblemCode.NOT_FOUND,
                                "The manual has no page at this address; /manual/ is its first one, which lists all.")),
                known.inflation(name));
    }
}
