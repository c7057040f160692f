package dev.pawl.http.resource;

import dev.pawl.http.answer.SecretJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.secret.NamedSecrets;
import java.util.List;
import java.util.Set;

/** The routes of the secrets that the server keeps by name. */
public final class SecretRoutes {

    private static final BodyShape SHAPE = BodyShape.of(
            BodyShape.required("value", Kind.SECRET, "Its value, 1 byte to 64 KiB; nothing shows it again."),
            BodyShape.optional(
                    "modules",
                    Kind.TEXTS,
                    "The ids of the modules whose jobs may refer to it, up to 100, or * for all; by default those of "
                            + "before, which are none for a new secret."));

    private static final Query LIMIT = Query.limit(NamedSecrets.MOST_ON_PAGE, 100, "The greatest number of secrets.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");

    private final Services parts;

    public SecretRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/secrets",
                                Role.ADMIN,
                                "The secrets, by name; never their values.",
                                DeclaredAnswer.json(() -> SecretJson.PAGE, "The secrets."),
                                this::list)
                        .query(LIMIT, CURSOR),
                Route.put(
                                "/secrets/{name}",
                                Role.ADMIN,
                                "Sets a secret, encrypted; tasks that start later get the new value.",
                                DeclaredAnswer.none("It is set."),
                                this::set)
                        .body(SHAPE)
                        .problems(ProblemCode.SECRET_KEY_MISSING),
                Route.delete(
                                "/secrets/{name}",
                                Role.ADMIN,
                                "Removes a secret; a task that starts later and refers to it fails.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.UNKNOWN_SECRET));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        return Answer.json(
                SecretJson.PAGE,
                new SecretJson(parts.secrets().get().page(call.text(CURSOR).orElse(null), limit), limit));
    }

    private Answer set(Call call) {
        Fields body = call.fields();
        Set<String> modules = body.has("modules") ? Set.copyOf(body.texts("modules")) : null;
        return Answer.after(
                parts.secrets().get().set(call.path("name"), body.text("value"), modules), done -> Answer.none());
    }

    private Answer remove(Call call) {
        return Answer.after(parts.secrets().get().remove(call.path("name")), done -> Answer.none());
    }
}
