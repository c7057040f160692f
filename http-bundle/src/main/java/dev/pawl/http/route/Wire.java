package dev.pawl.http.route;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request's connection, for what takes it over.
 *
 * @param request what came
 * @param response what goes back
 * @param callback told when both are done
 */
public record Wire(Request request, Response response, Callback callback) {}
