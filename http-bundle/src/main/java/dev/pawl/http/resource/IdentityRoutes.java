package dev.pawl.http.resource;

import dev.pawl.http.auth.Role;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.json.StatusJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets a client that has the admin token make sure that this server has it too, before it sends it: the address in a data folder may be that
 * of a server that is gone, and of whatever program has the port now.
 */
public final class IdentityRoutes {

    private static final Query CHALLENGE = Query.text(
            "challenge", "16 to 128 letters, digits, _ or -, made at random for this request; must be given.");

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    private final Optional<Tokens> tokens;

    /** @param tokens empty where everybody may do everything */
    public IdentityRoutes(Optional<Tokens> tokens) {
        this.tokens = tokens;
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/status/identity",
                        Role.ANYONE,
                        "Proves to a client that has the admin token that the server has it too.",
                        DeclaredAnswer.json(StatusJson.IDENTITY, "The proof."),
                        this::prove)
                .query(CHALLENGE));
    }

    private Answer prove(Call call) {
        String challenge = call.text(CHALLENGE)
                .filter(FORM.asMatchPredicate())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MALFORMED, "challenge takes 16 to 128 letters, digits, _ or -, made at random."));
        String host = Objects.requireNonNullElse(call.request().getHeaders().get("Host"), "");
        String proof = tokens.map(known -> known.proof(host, challenge)).orElse(null);
        return Answer.json(StatusJson.IDENTITY, new StatusJson.Identity(proof));
    }
}
