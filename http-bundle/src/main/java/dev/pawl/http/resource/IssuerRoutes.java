package dev.pawl.http.resource;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.auth.OwnPage;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.http.session.BrowserCookie;
import dev.pawl.http.session.SessionBasis;
import dev.pawl.http.session.Sessions;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.access.IssuerSignIn;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The routes by which a browser signs in at an OpenID Connect issuer: it goes there, and comes back with a code. */
public final class IssuerRoutes {

    private static final int FOUND = 302;
    private static final int LONGEST_VALUE = 4_000;

    /** The first page, as seen from the address to which the issuer leads back. */
    private static final String FIRST_PAGE = "../../";

    private static final Query RETURN_TO =
            Query.text("return_to", "The local path to which the browser goes in the end; by default the first page.");

    private static final List<Query> ANSWER = List.of(
            Query.text("code", LONGEST_VALUE, "The code that proves the sign-in to the server."),
            Query.text("state", LONGEST_VALUE, "Ties the answer to the browser that began."),
            Query.text("iss", LONGEST_VALUE, "The issuer."),
            Query.text("error", LONGEST_VALUE, "Why the issuer refuses, as a word."),
            Query.text("error_description", LONGEST_VALUE, "Why the issuer refuses, as a sentence."));

    private final Services parts;
    private final Sessions sessions;

    public IssuerRoutes(Services parts, Sessions sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        var cookie = new Header("Set-Cookie", "The cookie.");
        return List.of(
                Route.get(
                                "/session/oidc",
                                Role.ANYONE,
                                "Leads a browser to the issuer, where a person signs in.",
                                DeclaredAnswer.redirect("The issuer.", cookie),
                                this::begin)
                        .query(RETURN_TO)
                        .problems(
                                ProblemCode.SIGN_IN_NOT_OFFERED,
                                ProblemCode.SIGN_IN_FAILED,
                                ProblemCode.ISSUER_UNAVAILABLE),
                Route.get(
                                Route.ISSUER_ANSWER,
                                Role.ANYONE,
                                "Takes the issuer's answer from the browser, and opens a session for the person who has signed in.",
                                DeclaredAnswer.redirect("Where the browser wanted to go.", cookie),
                                this::finish)
                        .query(ANSWER.toArray(new Query[0]))
                        .problems(
                                ProblemCode.SIGN_IN_NOT_OFFERED,
                                ProblemCode.SIGN_IN_FAILED,
                                ProblemCode.FORBIDDEN,
                                ProblemCode.ISSUER_UNAVAILABLE));
    }

    private Answer begin(Call call) {
        IssuerSignIn issuer = issuer();
        issuer.callback().ifPresent(callback -> requireAddress(call, callback));
        CompletionStage<BegunSignIn> begun = issuer.begin(call.text(RETURN_TO).orElse(""));
        return Answer.after(begun, known -> {
            call.setCookie(BrowserCookie.SIGN_IN.set(call.request(), known.ticket(), known.valid()));
            return leadTo(known.address().toString());
        });
    }

    private Answer finish(Call call) {
        String ticket = BrowserCookie.SIGN_IN.read(call.request()).orElse("");
        var signIn = new SignIn(parts, sessions);
        CompletionStage<FinishedSignIn> finished = issuer().finish(ticket, call.parameters())
                .whenComplete((person, failure) -> {
                    if (failure != null
                            && FutureFailure.cause(failure) instanceof ProblemException problem
                            && problem.code() == ProblemCode.FORBIDDEN) {
                        signIn.refuse(call, problem);
                    }
                });
        return Answer.after(
                finished.thenCompose(person ->
                        signIn.open(call, basis(person), "by the issuer").thenApply(opened -> person)),
                person -> {
                    call.setCookie(BrowserCookie.SIGN_IN.remove(call.request()));
                    return leadTo(person.returnTo().isEmpty() ? FIRST_PAGE : person.returnTo());
                });
    }

    private SessionBasis basis(FinishedSignIn person) {
        return sessions.basis(Credential.endless(person.principal()), Sessions.LONGEST_OF_ISSUER);
    }

    private IssuerSignIn issuer() {
        return parts.signIn()
                .find()
                .filter(part -> part.callback().isPresent())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SIGN_IN_NOT_OFFERED, "This server signs nobody in at an issuer."));
    }

    /** Refuses a browser that is not where it will come back to: it would not have the cookie there. */
    private static void requireAddress(Call call, URI callback) {
        String origin = callback.getScheme() + "://" + callback.getRawAuthority();
        if (!OwnPage.isOrigin(call.request(), origin)) {
            throw new ProblemException(
                    ProblemCode.SIGN_IN_FAILED,
                    "The issuer leads back to " + origin + " (PAWL_PUBLIC_URL), and this browser called "
                            + OwnPage.address(call.request())
                            + ". Call the former; behind a proxy, PAWL_TRUSTED_PROXIES must name it.");
        }
    }

    private static Answer leadTo(String address) {
        return new Answer.Empty(FOUND, Map.of("Location", address));
    }
}
