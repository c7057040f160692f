package dev.pawl.http.resource;

import dev.pawl.http.answer.StatusJson;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The route by which a client that has the admin token verifies that this server has it too, before sending the token: the address in a
 * data folder may be left over from a server that no longer runs, and another program may use the port now.
 */
public final class IdentityRoutes {

    private static final Query CHALLENGE = Query.text(
                    "challenge", "16 to 128 letters, digits, _ or -, chosen at random for this request.")
            .mandatory();

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    private final Optional<Tokens> tokens;

    /** @param tokens the tokens; empty when tokens are switched off */
    public IdentityRoutes(Optional<Tokens> tokens) {
        this.tokens = tokens;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/status/identity",
                        Role.ANYONE,
                        "Proves to a client with the admin token that the server has it too.",
                        DeclaredAnswer.json(() -> StatusJson.IDENTITY, "The proof."),
                        this::prove)
                .query(CHALLENGE));
    }

    private Answer prove(Call call) {
        String challenge = call.text(CHALLENGE)
                .filter(FORM.asMatchPredicate())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MALFORMED, "challenge takes 16 to 128 letters, digits, _ or -, chosen at random."));
        String host = Objects.requireNonNullElse(call.request().getHeaders().get("Host"), "");
        String proof = tokens.map(known -> known.proof(host, challenge).orElseThrow(IdentityRoutes::unusable))
                .orElse(null);
        return Answer.json(StatusJson.IDENTITY, new StatusJson.Identity(proof));
    }

    private static ProblemException unusable() {
        return new ProblemException(
                ProblemCode.PART_MISSING, "The file of the admin token cannot be used; the server's log says why.");
    }
}
