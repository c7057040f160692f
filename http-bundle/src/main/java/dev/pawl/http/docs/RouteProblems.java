package dev.pawl.http.docs;

import static dev.pawl.service.problem.ProblemCode.AMBIGUOUS_JOB_ID;
import static dev.pawl.service.problem.ProblemCode.FORBIDDEN;
import static dev.pawl.service.problem.ProblemCode.FOREIGN_ORIGIN;
import static dev.pawl.service.problem.ProblemCode.INTERNAL;
import static dev.pawl.service.problem.ProblemCode.ISSUER_UNAVAILABLE;
import static dev.pawl.service.problem.ProblemCode.KEY_OF_ANOTHER_REQUEST;
import static dev.pawl.service.problem.ProblemCode.MALFORMED;
import static dev.pawl.service.problem.ProblemCode.NOT_ACCEPTABLE;
import static dev.pawl.service.problem.ProblemCode.OUT_OF_BOUNDS;
import static dev.pawl.service.problem.ProblemCode.OVERLOADED;
import static dev.pawl.service.problem.ProblemCode.PART_MISSING;
import static dev.pawl.service.problem.ProblemCode.REQUEST_UNDER_WAY;
import static dev.pawl.service.problem.ProblemCode.SHUTTING_DOWN;
import static dev.pawl.service.problem.ProblemCode.STORE_UNAVAILABLE;
import static dev.pawl.service.problem.ProblemCode.STORE_UNCONFIRMED;
import static dev.pawl.service.problem.ProblemCode.TOO_LARGE;
import static dev.pawl.service.problem.ProblemCode.TOO_SLOW;
import static dev.pawl.service.problem.ProblemCode.UNAUTHORIZED;
import static dev.pawl.service.problem.ProblemCode.UNKNOWN_JOB;
import static dev.pawl.service.problem.ProblemCode.UNSUPPORTED_TYPE;
import static dev.pawl.service.problem.ProblemCode.WRONG_TOKENS;

import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The problems that a route can answer with: those that follow from what it takes and needs, and those that it declares. */
final class RouteProblems {

    /** The status of a request whose line and headers are too large, which has the code of large bodies. */
    private static final int HEAD_TOO_LARGE = 431;

    private static final Set<ProblemCode> OF_ALL = EnumSet.of(
            MALFORMED, FOREIGN_ORIGIN, TOO_SLOW, INTERNAL, STORE_UNAVAILABLE, PART_MISSING, SHUTTING_DOWN, OVERLOADED);

    private RouteProblems() {}

    /** The codes by status. */
    static SortedMap<Integer, Set<ProblemCode>> of(Route route) {
        SortedMap<Integer, Set<ProblemCode>> problems = new TreeMap<>();
        for (ProblemCode code : codes(route)) {
            problems.computeIfAbsent(code.status(), status -> EnumSet.noneOf(ProblemCode.class))
                    .add(code);
        }
        problems.put(HEAD_TOO_LARGE, EnumSet.of(TOO_LARGE));
        return problems;
    }

    private static Set<ProblemCode> codes(Route route) {
        Set<ProblemCode> codes = EnumSet.copyOf(OF_ALL);
        codes.addAll(route.problems());
        if (route.role() != Role.ANYONE) {
            codes.addAll(EnumSet.of(UNAUTHORIZED, WRONG_TOKENS, FORBIDDEN, OUT_OF_BOUNDS, ISSUER_UNAVAILABLE));
        }
        if (route.answer().type() != null) {
            codes.add(NOT_ACCEPTABLE);
        }
        if (!route.types().isEmpty()) {
            codes.addAll(EnumSet.of(UNSUPPORTED_TYPE, TOO_LARGE));
        }
        if (route.answer().type() != null && !route.answer().isFile()) {
            codes.add(NOT_ACCEPTABLE);
        }
        if (!route.method().equals("GET")) {
            codes.add(STORE_UNCONFIRMED);
        }
        if (route.repetition() != Repetition.AGAIN) {
            codes.addAll(EnumSet.of(REQUEST_UNDER_WAY, KEY_OF_ANOTHER_REQUEST));
        }
        if (route.template().startsWith("/jobs/{id}")) {
            codes.addAll(EnumSet.of(UNKNOWN_JOB, AMBIGUOUS_JOB_ID));
        }
        return codes;
    }
}
