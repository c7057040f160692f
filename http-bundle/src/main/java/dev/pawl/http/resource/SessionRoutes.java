package dev.pawl.http.resource;

import dev.pawl.http.answer.SessionJson;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.OwnPage;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.http.session.BrowserCookie;
import dev.pawl.http.session.OneTimeCodes;
import dev.pawl.http.session.SessionBasis;
import dev.pawl.http.session.Sessions;
import dev.pawl.http.session.SignInPage;
import dev.pawl.service.access.IssuerSignIn;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The routes of sessions, by which a browser shows its token once and a cookie from then on. */
public final class SessionRoutes {

    private static final int CREATED = 201;

    private static final BodyShape SHAPE = BodyShape.of(
            BodyShape.optional("token", Kind.TEXT, "A token; either this or a code."),
            BodyShape.optional("code", Kind.TEXT, "A one-time code that was made with a token."));

    private final Services parts;
    private final Access access;
    private final Sessions sessions;
    private final OneTimeCodes codes = new OneTimeCodes();

    public SessionRoutes(Services parts, Access access, Sessions sessions) {
        this.parts = parts;
        this.access = access;
        this.sessions = sessions;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/session",
                        Role.ANYONE,
                        "The page on which a person signs in, with a token or by the address that `pawl open` prints.",
                        DeclaredAnswer.text("text/html", "The page."),
                        this::page),
                Route.post(
                                "/session",
                                Role.ANYONE,
                                "Opens a session for a token or a one-time code: its cookie stands for the token from then on.",
                                DeclaredAnswer.json(() -> SessionJson.SESSION, "The session.")
                                        .with(new Header("Set-Cookie", "The cookie, which scripts cannot read.")),
                                this::open)
                        .body(SHAPE)
                        .problems(
                                ProblemCode.UNAUTHORIZED,
                                ProblemCode.WRONG_TOKENS,
                                ProblemCode.FORBIDDEN,
                                ProblemCode.ISSUER_UNAVAILABLE,
                                ProblemCode.TOKEN_REFUSED),
                Route.delete(
                        "/session",
                        Role.ANYONE,
                        "Ends the session of the request's cookie, with its open streams. Without one there is nothing to do.",
                        DeclaredAnswer.none("It has ended.").with(new Header("Set-Cookie", "Removes the cookie.")),
                        this::close),
                Route.post(
                                "/session/codes",
                                Role.VIEWER,
                                "Makes a code that opens one session for the caller within 60 seconds.",
                                DeclaredAnswer.json(
                                        CREATED, () -> SessionJson.CODE, "The code, which is shown this once."),
                                this::makeCode)
                        .problems(ProblemCode.TOKEN_REFUSED));
    }

    private Answer page(Call call) {
        return SignInPage.answer(
                parts.signIn().find().flatMap(IssuerSignIn::callback).isPresent());
    }

    private Answer open(Call call) {
        OwnPage.refuseOthers(call.request());
        requireTokens();
        Fields body = call.fields();
        Optional<String> token = body.optionalText("token");
        Optional<String> code = body.optionalText("code");
        if (token.isPresent() == code.isPresent()) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body takes either token or code.");
        }
        var signIn = new SignIn(parts, sessions);
        CompletionStage<SessionBasis> basis = token.map(
                        secret -> access.verify(secret, call.request()).thenApply(sessions::basis))
                .orElseGet(() -> CompletableFuture.completedFuture(spent(call, code.orElseThrow())));
        return Answer.after(
                basis.thenCompose(known -> signIn.open(call, known, token.isPresent() ? "by a token" : "by a code")),
                opened -> Answer.json(
                        SessionJson.SESSION, new SessionJson.Session(opened.principal(), after(opened.atMost()))));
    }

    private SessionBasis spent(Call call, String code) {
        return codes.spend(code)
                .filter(basis -> basis.credential().isInForce())
                .orElseThrow(() -> access.wrong(
                        call.request(),
                        "The code is unknown, was spent, or is older than 60 seconds; make another one."));
    }

    private Answer close(Call call) {
        if (BrowserCookie.SESSION.read(call.request()).isPresent()) {
            OwnPage.require(call.request());
        }
        return Answer.after(new SignIn(parts, sessions).close(call), closed -> Answer.none());
    }

    private Answer makeCode(Call call) {
        requireTokens();
        String code = codes.make(sessions.basis(call.credential()));
        return Answer.json(CREATED, SessionJson.CODE, new SessionJson.Code(code, after(OneTimeCodes.VALID)));
    }

    private Instant after(Duration time) {
        return parts.clock().get().instant().plus(time);
    }

    private void requireTokens() {
        if (access.isOpen()) {
            throw new ProblemException(
                    ProblemCode.TOKEN_REFUSED,
                    "Tokens are switched off (PAWL_AUTH=off): everybody is an admin, without a session.");
        }
    }
}
