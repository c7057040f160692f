package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.audit.AuditedAction;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.http.stream.LogStreams;
import dev.pawl.service.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

public final class RoutesTest {

    private static final Set<String> CONTRACT = Set.of(
            "GET /status",
            "GET /status/health",
            "GET /status/config",
            "GET /status/identity",
            "GET /",
            "GET /console",
            "GET /console/{path}",
            "GET /manual",
            "GET /manual/{path}",
            "GET /docs",
            "GET /doc",
            "GET /openapi.json",
            "GET /modules",
            "GET /modules/available",
            "GET /modules/{id}",
            "GET /modules/{id}/history",
            "POST /modules",
            "POST /modules/install",
            "POST /modules/install-git",
            "POST /modules/sync",
            "DELETE /modules/{id}",
            "POST /modules/{id}/enable",
            "POST /modules/{id}/disable",
            "POST /modules/{id}/rollback",
            "POST /modules/{id}/promote",
            "POST /modules/{id}/pause",
            "POST /modules/{id}/resume",
            "GET /modules/{id}/settings",
            "PUT /modules/{id}/settings",
            "POST /modules/reload",
            "POST /jobs",
            "GET /jobs",
            "GET /jobs/counts",
            "POST /jobs/actions",
            "PATCH /jobs/{id}",
            "GET /jobs/{id}",
            "POST /jobs/{id}/resume",
            "POST /jobs/{id}/retry",
            "POST /jobs/{id}/callbacks/{delivery}/retry",
            "POST /jobs/{id}/stop",
            "GET /jobs/{id}/why",
            "GET /jobs/{id}/logs",
            "GET /jobs/{id}/logs/stream",
            "GET /jobs/{id}/results",
            "GET /jobs/{id}/runs",
            "DELETE /jobs/{id}",
            "GET /events",
            "GET /jobs/{id}/events",
            "GET /queue",
            "GET /queue/reasons",
            "GET /stats/series",
            "POST /queue",
            "PATCH /queue",
            "DELETE /queue",
            "GET /queue/poll",
            "PATCH /jobs/{id}/completed",
            "GET /jobs/{id}/artifacts",
            "GET /jobs/{id}/artifacts/{path}",
            "GET /workers",
            "GET /workers/{id}",
            "POST /workers/{id}",
            "PATCH /workers/{id}",
            "DELETE /workers/{id}",
            "GET /schedules",
            "POST /schedules/apply",
            "PUT /schedules/{name}",
            "GET /schedules/{name}",
            "DELETE /schedules/{name}",
            "POST /schedules/{name}/pause",
            "POST /schedules/{name}/resume",
            "POST /schedules/{name}/run",
            "GET /schedules/{name}/history",
            "POST /schedules/preview",
            "GET /schedules/upcoming",
            "GET /hooks",
            "GET /hooks/{name}",
            "PUT /hooks/{name}",
            "DELETE /hooks/{name}",
            "POST /hooks/{name}",
            "POST /hooks/{name}/preview",
            "GET /hooks/{name}/deliveries",
            "GET /notifications",
            "GET /notifications/{name}",
            "PUT /notifications/{name}",
            "DELETE /notifications/{name}",
            "POST /notifications/{name}/test",
            "GET /notifications/{name}/deliveries",
            "POST /callbacks",
            "GET /callbacks",
            "GET /callbacks/{id}",
            "DELETE /callbacks/{id}",
            "GET /tokens",
            "POST /tokens",
            "GET /tokens/self",
            "POST /tokens/rotate",
            "DELETE /tokens/{id}",
            "GET /session",
            "POST /session",
            "DELETE /session",
            "POST /session/codes",
            "GET /session/oidc",
            "GET /session/oidc/callback",
            "GET /secrets",
            "PUT /secrets/{name}",
            "DELETE /secrets/{name}",
            "POST /store/purge",
            "POST /store/backup",
            "POST /store/check",
            "POST /proxy-fetch",
            "GET /metrics",
            "POST /shell",
            "POST /shell/words",
            "GET /data",
            "GET /data/{module}",
            "GET /data/{module}/{name}",
            "GET /audit",
            "GET /audit/export",
            "GET /audit/verify",
            "POST /data/{module}/{name}",
            "DELETE /data/{module}/{name}");

    private static final Set<String> WITHOUT_TOKEN = Set.of(
            "/",
            "/status/health",
            "/status/identity",
            "/session",
            "/session/oidc",
            "/session/oidc/callback",
            "/console",
            "/console/{path}",
            "/manual",
            "/manual/{path}",
            "/docs",
            "/doc",
            "/openapi.json");

    /** The POSTs that ignore an Idempotency-Key, and why a second one changes nothing more. */
    private static final Map<String, String> MAKING_NOTHING = Map.ofEntries(
            Map.entry("POST /modules/reload", "the folder decides"),
            Map.entry("POST /modules/sync", "modules.yaml decides"),
            Map.entry("POST /modules/{id}/enable", "sets a state"),
            Map.entry("POST /modules/{id}/promote", "a second one is refused"),
            Map.entry("POST /modules/{id}/disable", "sets a state"),
            Map.entry("POST /modules/{id}/pause", "sets a state"),
            Map.entry("POST /modules/{id}/resume", "sets a state"),
            Map.entry("POST /jobs/{id}/stop", "sets a state"),
            Map.entry("POST /jobs/{id}/resume", "sets a state"),
            Map.entry("POST /jobs/{id}/callbacks/{delivery}/retry", "makes a delivery due, which has one id"),
            Map.entry("POST /schedules/{name}/pause", "sets a state"),
            Map.entry("POST /schedules/{name}/resume", "sets a state"),
            Map.entry("POST /schedules/preview", "reads"),
            Map.entry("POST /schedules/apply", "sets a state"),
            Map.entry("POST /hooks/{name}", "the id of the delivery is the key, whatever header has it"),
            Map.entry("POST /hooks/{name}/preview", "reads"),
            Map.entry("POST /notifications/{name}/test", "a test is sent as often as it is asked for"),
            Map.entry("POST /data/{module}/{name}", "replaces by address, and has If-Match"),
            Map.entry("POST /workers/{id}", "the latest heartbeat counts"),
            Map.entry("POST /store/purge", "removes"),
            Map.entry("POST /store/check", "reads"),
            Map.entry("POST /shell/words", "reads"),
            Map.entry("POST /session", "a browser has one cookie; a session without it ends by itself"),
            Map.entry("POST /session/codes", "a code without use ends after a minute"),
            Map.entry("POST /proxy-fetch", "asks another server, which alone knows what a second request does there"));

    private static final Set<String> OF_WORKERS =
            Set.of("GET /queue/poll", "POST /workers/{id}", "PATCH /jobs/{id}/completed", "POST /callbacks");

    /** The route table, with handlers that must not be called. */
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    public static List<Route> all() {
        return table().routes();
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static RouteTable table() {
        var streams = new LogStreams(() -> null, new MemoryBudget(0), new FollowerLimit(1));
        var repeats = new RepeatableRequests(() -> null, () -> null);
        return new Routes(
                        Settings.read(name -> null),
                        null,
                        null,
                        null,
                        Optional.empty(),
                        null,
                        null,
                        null,
                        repeats,
                        null,
                        streams,
                        null)
                .table();
    }

    @Test
    void everyRouteIsFoundByItsPath() {
        RouteTable table = table();
        for (Route route : all()) {
            assertEquals(
                    Optional.of(route.template()),
                    table.find(route.method(), route.template())
                            .map(match -> match.route().template()),
                    route.method() + " " + route.template() + ": Routes.Part does not name its first word");
        }
    }

    @Test
    void theTableHoldsTheContract() {
        Set<String> table = all().stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(CONTRACT), table);
    }

    @Test
    void rolesFollowWhatARouteDoes() {
        for (Route route : all()) {
            assertEquals(expectedRole(route), route.role(), route.method() + " " + route.template());
        }
    }

    @Test
    void everyRouteThatChangesSomethingHasItsActionInTheAudit() {
        for (Route route : all()) {
            AuditedAction action = AuditedAction.of(route);
            if (action != null) {
                assertTrue(action.name().matches("[a-z]+\\.[a-z]+"), action.name() + " is no name; see AuditedAction");
            }
        }
        Set<String> without = all().stream()
                .filter(route -> !route.method().equals("GET") && AuditedAction.of(route) == null)
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "POST /workers/{id}",
                        "POST /store/check",
                        "POST /schedules/preview",
                        "POST /hooks/{name}/preview",
                        "POST /proxy-fetch",
                        "POST /shell/words",
                        "POST /session", // which record themselves, with the name of the caller whom they identify
                        "DELETE /session"),
                without);
    }

    @Test
    void everyPostThatMakesSomethingTakesAnIdempotencyKey() {
        Set<String> without = all().stream()
                .filter(route -> route.method().equals("POST") && route.repetition() == Repetition.AGAIN)
                .filter(route -> route.answer().status() < 400) // a problem is all that the others answer
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(MAKING_NOTHING.keySet()), without);
    }

    private static Role expectedRole(Route route) {
        if (WITHOUT_TOKEN.contains(route.template())) {
            return Role.ANYONE;
        }
        if (OF_WORKERS.contains(route.method() + " " + route.template())) {
            return Role.WORKER;
        }
        if (route.template().equals(Route.HOOK)) {
            return route.method().equals("POST")
                    ? Role.ANYONE
                    : Role.ADMIN; // the hook's secret takes the place of a token
        }
        if (route.group().equals("hooks")) {
            return route.template().equals("/hooks") ? Role.ADMIN : Role.OPERATOR;
        }
        if (route.group().equals("notifications")) {
            boolean isChanged = route.method().equals("PUT") || route.method().equals("DELETE");
            return isChanged ? Role.ADMIN : Role.OPERATOR; // their messages hold errors of all jobs
        }
        if (route.group().equals("tokens")) {
            return route.template().equals("/tokens/self") ? Role.VIEWER : Role.ADMIN;
        }
        if (route.template().equals("/session/codes")) {
            return Role.VIEWER; // a code gives no more than the caller has
        }
        if (route.group().equals("audit") || route.group().equals("secrets")) {
            return Role.ADMIN;
        }
        if (route.method().equals("GET") || route.template().equals("/schedules/preview")) {
            return Role.VIEWER;
        }
        boolean ofAdmins = route.group().equals("store") || route.group().equals("shell");
        return changesModules(route) || ofAdmins ? Role.ADMIN : Role.OPERATOR;
    }

    /** Whether a route changes modules. Pausing their jobs does not: it belongs to the operator, as pausing the queue does. */
    private static boolean changesModules(Route route) {
        boolean steersJobs =
                route.template().endsWith("/pause") || route.template().endsWith("/resume");
        return route.group().equals("modules") && !steersJobs;
    }
}
