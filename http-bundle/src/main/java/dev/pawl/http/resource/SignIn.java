package dev.pawl.http.resource;

import dev.pawl.http.route.Call;
import dev.pawl.http.session.BrowserCookie;
import dev.pawl.http.session.OpenedSession;
import dev.pawl.http.session.SessionBasis;
import dev.pawl.http.session.Sessions;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens and closes the sessions of browsers, each with its entry in the audit: no session is opened without. */
final class SignIn {

    private final Services parts;
    private final Sessions sessions;

    SignIn(Services parts, Sessions sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    /**
     * Opens a session, and adds its cookie to the answer. A session that the browser had before ends.
     *
     * @param by the way by which the caller was identified, for the audit
     */
    CompletionStage<OpenedSession> open(Call call, SessionBasis basis, String by) {
        return record(call, basis.credential().principal(), "session.open", by).thenApply(recorded -> {
            sessions.close(call.request());
            OpenedSession opened = sessions.open(basis);
            call.setCookie(BrowserCookie.SESSION.set(call.request(), opened.secret(), opened.atMost()));
            return opened;
        });
    }

    /** Closes the session of a request, if it has one, and removes its cookie from the browser. */
    CompletionStage<Void> close(Call call) {
        call.setCookie(BrowserCookie.SESSION.remove(call.request()));
        return sessions.close(call.request())
                .map(session -> record(call, session.principal(), "session.close", ""))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Records that a person whom the issuer knows was refused; nobody waits for it. */
    void refuse(Call call, ProblemException problem) {
        AuditedChange refused = change(call, Principal.NOBODY, "session.open");
        refused.refusal(problem.code(), String.valueOf(problem.getMessage())).ifPresent(entry -> {
            var unused = parts.audit().get().append(List.of(entry));
        });
    }

    private CompletionStage<Void> record(Call call, Principal who, String action, String detail) {
        AuditedChange change = change(call, who, action);
        change.describe(detail);
        return parts.audit().get().append(List.of(change.entry(AuditOutcome.DONE, "")));
    }

    private AuditedChange change(Call call, Principal who, String action) {
        var actor =
                new Actor(who, Door.CONSOLE, call.actor().remote(), call.actor().requestId());
        return new AuditedChange(actor, action, "", parts.clock().get().instant());
    }
}
