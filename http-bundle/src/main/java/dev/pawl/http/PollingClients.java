package dev.pawl.http;

import org.eclipse.jetty.server.Request;

/**
 * The requests of the older worker system's polling clients that must be answered in their words even when something is wrong: they read
 * from every answer of the queue whether it is disabled, take every answer of a poll but 404 for a job, and end when it is neither.
 */
final class PollingClients {

    private PollingClients() {}

    /** Whether it asks for the queue and its attributes. */
    static boolean isQueue(Request request) {
        return isGet(request, "/queue");
    }

    /** Whether it asks for a job without giving a name, as those clients do. */
    static boolean isUnnamedPoll(Request request) {
        return isGet(request, "/queue/poll") && request.getHttpURI().getQuery() == null;
    }

    private static boolean isGet(Request request, String path) {
        return path.equals(request.getHttpURI().getPath())
                && request.getMethod().equals("GET");
    }
}
