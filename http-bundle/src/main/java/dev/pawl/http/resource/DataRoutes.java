package dev.pawl.http.resource;

import dev.pawl.http.json.Document;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;

/** The documents that the server keeps for modules. */
public final class DataRoutes {

    private final Services parts;

    public DataRoutes(Services parts) {
        this.parts = parts;
    }

    public Answer get(Call call) {
        String name = call.path("name");
        String text = parts.documents().get().get(call.path("module"), name);
        return Answer.json(json -> Document.write(json, name, text));
    }

    public Answer put(Call call) {
        JsonTree.read(call.bytes()); // says where it is no JSON, as of any other body
        String text = Document.text(call.bytes());
        return Answer.after(
                parts.documents().get().put(call.path("module"), call.path("name"), text), done -> Answer.none());
    }

    public Answer delete(Call call) {
        return Answer.after(
                parts.documents().get().delete(call.path("module"), call.path("name")), done -> Answer.none());
    }
}
