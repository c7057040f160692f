package dev.pawl.http.audit;

import dev.pawl.http.resource.Services;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/** Begins the audit of requests: those that change something, and those that need a higher role. */
public final class AuditDoor {

    private final Services parts;
    private final Executor threads;

    /** @param threads append entries for which no caller waits */
    public AuditDoor(Services parts, Executor threads) {
        this.parts = parts;
        this.threads = threads;
    }

    /** The audit of a request to a route. */
    public RequestAudit of(RouteTable.Match match, Actor actor) {
        AuditedAction action = AuditedAction.of(match.route());
        return action == null
                ? RequestAudit.NONE
                : new RequestAudit(change(match, actor, action.name()), action.inSteps(), this);
    }

    /** The audit of a request whose caller lacks the role, whether it would change something or only read. */
    public RequestAudit ofForbidden(RouteTable.Match match, Actor actor) {
        AuditedAction action = AuditedAction.of(match.route());
        String name = action == null ? AuditedAction.undeclared(match.route()) : action.name();
        return new RequestAudit(change(match, actor, name), false, this);
    }

    /** Records that many wrong tokens in a row came from an address. */
    public void wrongTokens(String address) {
        var guess = new AuditedChange(new Actor(Principal.NOBODY, Door.HTTP, address, null), "token.guess", "", now());
        new RequestAudit(guess, false, this).refused(ProblemCode.WRONG_TOKENS, "Many in a row were wrong.");
    }

    private AuditedChange change(RouteTable.Match match, Actor actor, String action) {
        return new AuditedChange(actor, action, target(match), now());
    }

    private Instant now() {
        return parts.clock().find().map(InstantSource::instant).orElseGet(Instant::now);
    }

    /** The values of the path's variables. */
    private static String target(RouteTable.Match match) {
        if (match.variables().isEmpty()) {
            return "";
        }
        Route route = match.route();
        return Arrays.stream(route.template().split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> match.variables().get(segment.substring(1, segment.length() - 1)))
                .collect(Collectors.joining("/"));
    }

    AuditLog log() {
        return parts.audit().get();
    }

    void later(Runnable append) {
        try {
            threads.execute(append);
        } catch (RejectedExecutionException stopping) {
            append.run();
        }
    }
}
