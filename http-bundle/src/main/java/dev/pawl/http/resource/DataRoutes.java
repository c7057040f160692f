package dev.pawl.http.resource;

import dev.pawl.http.answer.Document;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.util.List;

/** The routes of the documents that the server keeps for modules. */
public final class DataRoutes {

    private final Services parts;

    public DataRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/data/{module}/{name}",
                        Role.VIEWER,
                        "A module's document.",
                        DeclaredAnswer.json(() -> Document.SHAPE, "The document, with its name."),
                        this::get),
                Route.post(
                                "/data/{module}/{name}",
                                Role.OPERATOR,
                                "Stores or replaces a module's document, at most 1 MiB.",
                                DeclaredAnswer.none("It is stored."),
                                this::put)
                        .object(),
                Route.delete(
                        "/data/{module}/{name}",
                        Role.OPERATOR,
                        "Deletes a module's document.",
                        DeclaredAnswer.none("It is deleted."),
                        this::delete));
    }

    private Answer get(Call call) {
        String name = call.path("name");
        String text = parts.documents().get().get(call.path("module"), name);
        return Answer.json(Document.SHAPE, new Document(name, text));
    }

    private Answer put(Call call) {
        JsonTree.read(call.bytes()); // checks that it is valid JSON, as with any other body
        String text = Document.textOf(call.bytes());
        return Answer.after(
                parts.documents().get().put(call.path("module"), call.path("name"), text), done -> Answer.none());
    }

    private Answer delete(Call call) {
        return Answer.after(
                parts.documents().get().delete(call.path("module"), call.path("name")), done -> Answer.none());
    }
}
