package dev.pawl.http.route;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request's connection, for a WebSocket that takes it over.
 *
 * @param request the request
 * @param response the response
 * @param callback completed when both are done
 */
public record Wire(Request request, Response response, Callback callback) {}
