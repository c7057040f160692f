package dev.pawl.http.route;

import java.io.IOException;

/** Handles the calls of a route: reads the call, uses the product's services, and answers. Contains no rules of its own. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a call.
     *
     * @throws dev.pawl.service.problem.ProblemException to answer with a problem
     */
    Answer handle(Call call) throws IOException;
}
