package dev.pawl.http.route;

import java.io.IOException;

/** Does what a route is for: reads the call, asks the parts of the product, answers. Holds no rules. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a call.
     *
     * @throws dev.pawl.service.problem.ProblemException to answer with a problem
     */
    Answer handle(Call call) throws IOException;
}
