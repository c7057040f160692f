package dev.pawl.http;

import org.eclipse.jetty.server.Request;

/**
 * Recognises requests of the older worker system's polling clients, which must be answered in a form that they understand even when
 * something is wrong: they read from every answer about the queue whether it is disabled, take every answer to a poll other than 404 for a
 * job, and exit when it is not one.
 */
final class PollingClients {

    private PollingClients() {}

    /** Whether the request asks for the queue and its attributes. */
    static boolean isQueue(Request request) {
        return isGet(request, "/queue");
    }

    /** Whether the request polls for a job without naming the worker, as those clients do. */
    static boolean isUnnamedPoll(Request request) {
        return isGet(request, "/queue/poll") && request.getHttpURI().getQuery() == null;
    }

    private static boolean isGet(Request request, String path) {
        return path.equals(request.getHttpURI().getPath())
                && request.getMethod().equals("GET");
    }
}
