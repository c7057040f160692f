package dev.pawl.http.resource;

import static dev.pawl.http.body.BodyShape.required;

import dev.pawl.http.answer.ShellJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.util.List;

/** The routes of the shell: what {@code pawl shell} sends, one command line at a time. */
public final class ShellRoutes {

    private static final BodyShape LINE =
            BodyShape.of(required("line", Kind.TEXT, "The command line, such as job:list -n 5."));

    private static final BodyShape BEGINNING =
            BodyShape.of(required("line", Kind.TEXT, "The beginning of a command line, up to the cursor."));

    private final Services parts;

    public ShellRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/shell",
                                Role.ADMIN,
                                "Runs a command line in the server's shell.",
                                DeclaredAnswer.json(() -> ShellJson.ANSWER, "Its output, also when it failed."),
                                this::run)
                        .body(LINE)
                        .repeated(Repetition.SEALED),
                Route.post(
                                "/shell/words",
                                Role.ADMIN,
                                "The words that complete a command line: commands, ids, names of inputs.",
                                DeclaredAnswer.json(() -> ShellJson.WORDS, "The words; none when nobody knows."),
                                this::complete)
                        .body(BEGINNING));
    }

    private Answer run(Call call) {
        return Answer.json(
                ShellJson.ANSWER, parts.shell().get().run(call.fields().text("line")));
    }

    private Answer complete(Call call) {
        return Answer.json(
                ShellJson.WORDS, parts.shell().get().complete(call.fields().text("line")));
    }
}
