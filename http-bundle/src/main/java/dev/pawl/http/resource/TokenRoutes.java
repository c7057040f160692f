package dev.pawl.http.resource;

import dev.pawl.http.answer.TokenJson;
import dev.pawl.http.auth.NewToken;
import dev.pawl.http.auth.Token;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes of tokens. */
public final class TokenRoutes {

    private static final int MOST = 1_000;
    private static final int CREATED = 201;

    private static final BodyShape SHAPE = BodyShape.of(
            BodyShape.required("name", Kind.TEXT, "A name for people and for histories, 1 to 200 characters."),
            BodyShape.required("role", Kind.TEXT, "viewer, operator, admin or worker."),
            BodyShape.optional(
                    "expires_in", Kind.DURATION, "The time after which it ends, 1s to 3650d; by default never."),
            BodyShape.optional(
                    "modules", Kind.TEXTS, "The ids of the modules that it may touch, up to 100; by default all."),
            BodyShape.optional(
                    "own_jobs", Kind.BOOLEAN, "Whether it may touch only jobs that it started; by default false."));

    private static final Query LIMIT = Query.limit(MOST, 100, "The greatest number of tokens.");
    private static final Query CURSOR = Query.text("cursor", 2_000, "Continues from next_cursor of the previous page.");

    private final Optional<Tokens> tokens;

    /** @param tokens the tokens; empty when tokens are switched off */
    public TokenRoutes(Optional<Tokens> tokens) {
        this.tokens = tokens;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/tokens",
                                Role.ADMIN,
                                "The tokens, sorted by name, a page at a time; never their secrets.",
                                DeclaredAnswer.json(() -> TokenJson.PAGE, "The tokens."),
                                this::list)
                        .query(LIMIT, CURSOR),
                Route.post(
                                "/tokens",
                                Role.ADMIN,
                                "Makes a token; its secret is shown this once.",
                                DeclaredAnswer.json(CREATED, () -> TokenJson.ISSUED, "The token with its secret."),
                                this::create)
                        .body(SHAPE)
                        .problems(ProblemCode.TOKEN_REFUSED)
                        .repeated(Repetition.SEALED),
                Route.get(
                        "/tokens/self",
                        Role.VIEWER,
                        "The token of the request.",
                        DeclaredAnswer.json(() -> TokenJson.TOKEN, "The token."),
                        this::self),
                Route.post(
                                "/tokens/rotate",
                                Role.ADMIN,
                                "Replaces the admin token in the data folder's admin.token; the old one is refused from then on.",
                                DeclaredAnswer.json(
                                        CREATED, () -> TokenJson.ISSUED, "The new admin token with its secret."),
                                this::rotate)
                        .problems(ProblemCode.TOKEN_REFUSED)
                        .repeated(Repetition.SEALED),
                Route.delete(
                                "/tokens/{id}",
                                Role.ADMIN,
                                "Ends a token: it is refused from the next request on, and its open streams are closed.",
                                DeclaredAnswer.none("It has ended."),
                                this::revoke)
                        .problems(ProblemCode.UNKNOWN_TOKEN, ProblemCode.TOKEN_REFUSED));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        return Answer.json(TokenJson.PAGE, new TokenJson.Page(known().page(call.text(CURSOR), limit), limit));
    }

    private Answer create(Call call) {
        Fields body = call.fields();
        var request = new NewToken(
                body.text("name"),
                role(body.text("role")),
                new Bounds(Set.copyOf(body.texts("modules")), body.has("own_jobs") && body.bool("own_jobs")),
                body.duration("expires_in"));
        return Answer.after(known().create(request), issued -> Answer.json(CREATED, TokenJson.ISSUED, issued));
    }

    private Answer self(Call call) {
        Principal caller = call.actor().principal();
        Token token =
                tokens.flatMap(all -> all.token(caller.id())).orElseGet(() -> new Token(caller, null, null, null));
        return Answer.json(TokenJson.TOKEN, token);
    }

    private Answer rotate(Call call) throws IOException {
        return Answer.json(CREATED, TokenJson.ISSUED, known().rotate());
    }

    private Answer revoke(Call call) {
        return Answer.after(known().revoke(call.path("id")), done -> Answer.none());
    }

    private Tokens known() {
        return tokens.orElseThrow(() -> new ProblemException(
                ProblemCode.TOKEN_REFUSED, "Tokens are switched off (PAWL_AUTH=off): everybody is an admin."));
    }

    private static Role role(String word) {
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN, Role.WORKER)) {
            if (role.wireName().equals(word)) {
                return role;
            }
        }
        throw new ProblemException(
                ProblemCode.MALFORMED, "role is \"" + word + "\"; it takes viewer, operator, admin or worker.");
    }
}
