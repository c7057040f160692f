package dev.pawl.http.resource;

import dev.pawl.http.answer.Document;
import dev.pawl.http.answer.DocumentListJson;
import dev.pawl.http.condition.ChangeCondition;
import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentPage;
import dev.pawl.service.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of the documents that the server keeps for modules. */
public final class DataRoutes {

    private static final Query LIMIT = Query.limit(1_000, 100, "The greatest number of documents.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");

    private static final Header KNOWN = new Header("If-None-Match", "The ETag of the version that the client has.");
    private static final Header NEW = new Header("If-None-Match", "An asterisk, when the document must be new.");
    private static final Header CONDITION = new Header("If-Match", "The ETag of the version that the change is for.");

    private final Services parts;

    public DataRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/data",
                                Role.VIEWER,
                                "The documents of all modules, by module and name.",
                                DeclaredAnswer.json(() -> DocumentListJson.PAGE, "The documents."),
                                call -> list(call, null))
                        .query(LIMIT, CURSOR),
                Route.get(
                                "/data/{module}",
                                Role.VIEWER,
                                "A module's documents, by name.",
                                DeclaredAnswer.json(() -> DocumentListJson.PAGE, "The documents."),
                                call -> list(call, call.path("module")))
                        .query(LIMIT, CURSOR),
                Route.get(
                                "/data/{module}/{name}",
                                Role.VIEWER,
                                "A module's document.",
                                DeclaredAnswer.json(() -> Document.SHAPE, "The document, with its name.")
                                        .withTag(),
                                this::get)
                        .header(KNOWN)
                        .problems(ProblemCode.UNKNOWN_DOCUMENT),
                Route.post(
                                "/data/{module}/{name}",
                                Role.OPERATOR,
                                "Stores or replaces a module's document, at most 1 MiB.",
                                DeclaredAnswer.none("It is stored."),
                                this::put)
                        .object()
                        .header(CONDITION, NEW)
                        .problems(ProblemCode.CHANGED_MEANWHILE),
                Route.delete(
                                "/data/{module}/{name}",
                                Role.OPERATOR,
                                "Deletes a module's document.",
                                DeclaredAnswer.none("It is deleted."),
                                this::delete)
                        .header(CONDITION)
                        .problems(ProblemCode.UNKNOWN_DOCUMENT, ProblemCode.CHANGED_MEANWHILE));
    }

    private Answer list(Call call, @Nullable String module) {
        int limit = call.integer(LIMIT);
        DocumentPage page =
                parts.documents().get().page(module, call.text(CURSOR).orElse(null), limit);
        return Answer.json(DocumentListJson.PAGE, new DocumentListJson(page, limit));
    }

    private Answer get(Call call) {
        String name = call.path("name");
        String text = parts.documents().get().get(call.path("module"), name);
        EntityTag tag = EntityTag.of(text);
        return tag.isKnown(call.request().getHeaders())
                ? Answer.unchanged(tag.text())
                : Answer.json(Document.SHAPE, new Document(name, text)).with("ETag", tag.text());
    }

    private Answer put(Call call) {
        JsonTree.read(call.bytes()); // checks that it is valid JSON, as with any other body
        String text = Document.textOf(call.bytes());
        return Answer.after(
                parts.documents().get().put(call.path("module"), call.path("name"), text, condition(call)),
                done -> Answer.none());
    }

    private Answer delete(Call call) {
        return Answer.after(
                parts.documents().get().delete(call.path("module"), call.path("name"), condition(call)),
                done -> Answer.none());
    }

    private static DocumentCheck condition(Call call) {
        return new ChangeCondition(call.request().getHeaders()).ofDocument();
    }
}
