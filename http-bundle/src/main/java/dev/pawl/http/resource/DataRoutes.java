package dev.pawl.http.resource;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.http.json.Document;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import java.util.Map;
import java.util.regex.Pattern;

/** The documents that the server keeps for modules. */
public final class DataRoutes {

    private static final int LARGEST = 1 << 20;

    /** What begins with {@code pawl:} is the runtime's own, and so no module's. */
    private static final Pattern NAME = Pattern.compile("(?!pawl:)[^/\\\\\\p{Cntrl}]{1,200}");

    private final Parts parts;

    public DataRoutes(Parts parts) {
        this.parts = parts;
    }

    public Answer get(Call call) {
        String owner = name(call, "module");
        String name = name(call, "name");
        String text = parts.documents().get().get(owner, name).orElseThrow(() -> unknown(owner, name));
        return Answer.json(json -> Document.write(json, name, text));
    }

    public Answer put(Call call) {
        String owner = name(call, "module");
        String name = name(call, "name");
        byte[] body = call.bytes();
        if (body.length > LARGEST) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The document is larger than 1 MiB, the most this takes.");
        }
        if (!(JsonTree.read(body) instanceof Map<?, ?> object)) {
            throw new ProblemException(ProblemCode.MALFORMED, "The document is not an object; it takes one.");
        }
        Object inside = object.get("name");
        if (inside != null && !inside.equals(name)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "name is not \"" + name + "\", under which the document is kept; leave the field out.");
        }
        String kept = Document.withoutName(body);
        return Answer.after(parts.documents().get().put(owner, name, kept), done -> Answer.none());
    }

    public Answer delete(Call call) {
        String owner = name(call, "module");
        String name = name(call, "name");
        return Answer.after(parts.documents().get().delete(owner, name), found -> {
            if (!found) {
                throw unknown(owner, name);
            }
            return Answer.none();
        });
    }

    private static String name(Call call, String variable) {
        String name = call.path(variable);
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The " + (variable.equals("name") ? "document's name" : "module")
                            + " takes 1 to 200 characters without / \\ and control characters, and not pawl: in front.");
        }
        return name;
    }

    private static ProblemException unknown(String owner, String name) {
        return new ProblemException(
                ProblemCode.UNKNOWN_DOCUMENT, "The module \"" + owner + "\" has no document \"" + name + "\".");
    }
}
