package dev.pawl.http;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.Caller;
import dev.pawl.http.auth.HostCheck;
import dev.pawl.http.auth.OriginCheck;
import dev.pawl.http.auth.Role;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** The one servlet: checks where a request comes from and who sends it, finds its route, and delivers the answer. */
final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PREFLIGHT_S = "600";

    private final transient RouteTable table;
    private final transient Access access;
    private final transient HostCheck hosts;
    private final transient OriginCheck origins;

    ApiServlet(RouteTable table, Access access, HostCheck hosts, OriginCheck origins) {
        this.table = table;
        this.access = access;
        this.hosts = hosts;
        this.origins = origins;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        try {
            Delivery.prepare(response);
            hosts.check(request.getHeader("Host"), request.getLocalPort());
            Delivery.send(request, response, answer(request, response));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            Delivery.refuse(request, response, e);
        }
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            return options(request, response, path);
        }
        RouteTable.Match match = find(method, path, response);
        Route route = match.route();
        allow(request, response, route.role());
        Caller caller = access.authorize(request, route.role(), route.socket());
        return new Call(request, response, match, caller).answer();
    }

    private RouteTable.Match find(String method, String path, HttpServletResponse response) {
        return table.find(method, path).orElseThrow(() -> {
            List<String> methods = table.methods(path);
            response.setHeader("Allow", String.join(", ", methods));
            return new ProblemException(
                    ProblemCode.METHOD_NOT_ALLOWED,
                    "The method is " + method + "; this takes " + String.join(", ", methods) + ".");
        });
    }

    private Answer options(HttpServletRequest request, HttpServletResponse response, String path) {
        String methods = String.join(", ", table.methods(path));
        response.setHeader("Allow", methods);
        allow(request, response, Role.VIEWER);
        if (request.getHeader("Access-Control-Request-Method") != null) {
            response.setHeader("Access-Control-Allow-Methods", methods);
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
            response.setHeader("Access-Control-Max-Age", PREFLIGHT_S);
        }
        return Answer.none();
    }

    private void allow(HttpServletRequest request, HttpServletResponse response, Role needed) {
        response.setHeader("Vary", "Origin");
        origins.check(request, needed).ifPresent(origin -> {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", "Location");
        });
    }
}
