package dev.pawl.http;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.audit.AuditDoor;
import dev.pawl.http.audit.RequestAudit;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.auth.ForbiddenException;
import dev.pawl.http.auth.HostCheck;
import dev.pawl.http.auth.Need;
import dev.pawl.http.auth.NoTokenException;
import dev.pawl.http.auth.OriginCheck;
import dev.pawl.http.auth.SlowedException;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.metric.RequestMeasures;
import dev.pawl.http.resource.BoundCheck;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.QueryString;
import dev.pawl.http.route.Reach;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.route.Wire;
import dev.pawl.http.route.Work;
import dev.pawl.http.server.SlowReaders;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Handles every request: checks its origin and its caller, finds its route, waits for its body without blocking a thread, runs the handler
 * in the lane of its kind, and has the answer delivered.
 */
final class ApiHandler implements Request.Handler {

    private static final String PREFLIGHT_S = "600";

    /** The beginning of the command line's User-Agent. */
    private static final String COMMAND_LINE = "pawl/";

    private final RouteTable table;
    private final Access access;
    private final HostCheck hosts;
    private final OriginCheck origins;
    private final MemoryBudget memory;
    private final SlowReaders readers;
    private final Lanes lanes;
    private final RequestMeasures measures;
    private final LongSupplier parts;
    private final BoundCheck bounds;
    private final LateRefusals late;
    private final AuditDoor audits;

    ApiHandler(
            RouteTable table,
            Access access,
            HostCheck hosts,
            OriginCheck origins,
            MemoryBudget memory,
            SlowReaders readers,
            Lanes lanes,
            RequestMeasures measures,
            LongSupplier parts,
            BoundCheck bounds,
            AuditDoor audits) {
        this.table = table;
        this.access = access;
        this.hosts = hosts;
        this.origins = origins;
        this.memory = memory;
        this.readers = readers;
        this.lanes = lanes;
        this.measures = measures;
        this.parts = parts;
        this.bounds = bounds;
        this.late = new LateRefusals(lanes.threads());
        this.audits = audits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        lanes.begun();
        var measured = measures.begin(request, response, callback, lanes::ended);
        var wire = new Wire(request, response, measured);
        var delivery = new Exchange(wire, memory.share(), readers, late, lanes.threads(), parts);
        try {
            hosts.check(request.getHeaders().get(HttpHeader.HOST), Request.getLocalPort(request));
            take(wire, measured, delivery);
        } catch (IOException | RuntimeException | Error e) {
            delivery.refuse(e);
        }
        return true;
    }

    private void take(Wire wire, RequestMeasures.Measured measured, Exchange delivery) throws IOException {
        Request request = wire.request();
        String path = String.valueOf(request.getHttpURI().getPath());
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            delivery.send(options(request, wire.response().getHeaders(), path));
            return;
        }
        RouteTable.Match match = find(method, path, wire.response());
        Route route = match.route();
        measured.at(route);
        allow(request, wire.response().getHeaders(), route.role());
        var need = new Need(route.role(), Reach.isReadByWorkers(route), route.socket(), Reach.isTailored(route));
        var unused = access.authorize(request, need, addressToken(request, route))
                .thenAccept(credential -> admit(wire, match, credential, delivery))
                .whenComplete((admitted, failure) -> {
                    if (failure != null) {
                        refuse(wire, match, delivery, FutureFailure.cause(failure));
                    }
                });
    }

    private void refuse(Wire wire, RouteTable.Match match, Exchange delivery, Throwable failure) {
        Request request = wire.request();
        if (failure instanceof ForbiddenException forbidden) {
            delivery.audit(audits.ofForbidden(match, actor(request, door(request), forbidden.caller(), delivery)));
        } else if (isUnknown(failure)) {
            boolean hasToken = !(failure instanceof NoTokenException);
            delivery.audit(audits.ofUnknown(actor(request, door(request), Principal.NOBODY, delivery), hasToken));
        }
        delivery.refuse(failure);
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof SlowedException
                || (failure instanceof ProblemException problem && problem.code() == ProblemCode.UNAUTHORIZED);
    }

    /** Takes the request of a caller who may make it. */
    private void admit(Wire wire, RouteTable.Match match, Credential credential, Exchange delivery) {
        Route route = match.route();
        Door door = credential.isOfBrowser() ? Door.CONSOLE : door(wire.request());
        Actor actor = actor(wire.request(), door, credential.principal(), delivery);
        RequestAudit begun = audits.of(match, actor);
        delivery.audit(begun);
        Executor lane = lanes.of(Work.of(route));
        var call = new Call(wire, match, credential, actor, begun.within(lane));
        RequestAudit audit = call.isDryRun() ? RequestAudit.NONE : begun;
        delivery.audit(audit);
        var unused = call.arrival(delivery.share()).whenComplete((come, failure) -> {
            if (failure == null) {
                work(call, audit, delivery, call.isLarge() ? lanes.of(Work.LARGE_BODY) : lane);
            } else {
                delivery.refuse(failure);
            }
        });
    }

    private void work(Call call, RequestAudit audit, Exchange delivery, Executor lane) {
        try {
            lane.execute(() -> {
                try {
                    RequestAudit kept = call.isDryRunByBody() ? RequestAudit.NONE : audit;
                    delivery.audit(kept);
                    bounds.check(call);
                    delivery.send(kept.answer(call));
                } catch (IOException | RuntimeException | Error e) {
                    delivery.refuse(e);
                }
            });
        } catch (RuntimeException full) {
            delivery.refuse(full);
        }
    }

    private static Actor actor(Request request, Door door, Principal caller, Exchange delivery) {
        return new Actor(caller, door, Request.getRemoteAddr(request), delivery.id());
    }

    /** The command line names itself; whoever else does is taken for it, which gives no right. */
    private static Door door(Request request) {
        String program = request.getHeaders().get(HttpHeader.USER_AGENT);
        return program != null && program.startsWith(COMMAND_LINE) ? Door.CLI : Door.HTTP;
    }

    private static @Nullable String addressToken(Request request, Route route) {
        return route.socket()
                ? QueryString.parse(request.getHttpURI().getQuery()).get("token")
                : null;
    }

    private RouteTable.Match find(String method, String path, Response response) {
        return table.find(method, path).orElseThrow(() -> {
            List<String> methods = table.methods(path);
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", methods));
            return new ProblemException(
                    ProblemCode.METHOD_NOT_ALLOWED,
                    "The method is " + method + "; this address takes " + String.join(", ", methods) + ".");
        });
    }

    private Answer options(Request request, HttpFields.Mutable answer, String path) {
        String methods = String.join(", ", path.equals("*") ? table.methods() : table.methods(path));
        answer.put(HttpHeader.ALLOW, methods);
        allow(request, answer, Role.VIEWER);
        if (request.getHeaders().contains("Access-Control-Request-Method")) {
            answer.put("Access-Control-Allow-Methods", methods);
            answer.put(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Range, X-Request-Id");
            answer.put("Access-Control-Max-Age", PREFLIGHT_S);
        }
        return Answer.none();
    }

    private void allow(Request request, HttpFields.Mutable answer, Role needed) {
        answer.put(HttpHeader.VARY, "Origin");
        origins.check(request, needed).ifPresent(origin -> {
            answer.put("Access-Control-Allow-Origin", origin);
            answer.put(
                    "Access-Control-Expose-Headers",
                    "Location, ETag, Content-Range, Content-Disposition, X-Request-Id");
        });
    }
}
