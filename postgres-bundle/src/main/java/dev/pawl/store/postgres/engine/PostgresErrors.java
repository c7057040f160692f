package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;
import java.util.Set;

/** Translates errors of PostgreSQL into problems with a sentence for people. */
public final class PostgresErrors {

    private static final String CHANGED = "PW001";

    /** Rows were changed by another server meanwhile, or two transactions waited for each other: the group is made again. */
    private static final Set<String> AGAIN = Set.of(CHANGED, "40001", "40P01", "23505", "55P03");

    private PostgresErrors() {}

    /** The fault of a transaction that has found something that another server has changed meanwhile. */
    public static SQLException changed(String what) {
        return new SQLException(what + " was changed by another server.", CHANGED);
    }

    static boolean isAgain(SQLException fault) {
        return AGAIN.contains(state(fault));
    }

    /** Whether the connection is gone, or of no use: the database stops, or is one that takes no writes. */
    static boolean isConnection(SQLException fault) {
        String state = state(fault);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25006") || state.isEmpty();
    }

    /** Whether a statement took longer than it may. */
    public static boolean isCancelled(SQLException fault) {
        return state(fault).equals("57014");
    }

    /** Whether the statement of one change may be its cause alone. */
    static boolean isStatement(SQLException fault) {
        String state = state(fault);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private static String state(SQLException fault) {
        String state = fault.getSQLState();
        return state == null ? "" : state;
    }

    /** The problem for all callers. */
    public static ProblemException problem(String place, SQLException fault) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The store " + place + " cannot be used: " + reason(fault) + " (" + message(fault) + ").",
                fault);
    }

    /** The problem for a caller whose statement alone PostgreSQL refuses, which is a bug. */
    static ProblemException ofStatement(String place, SQLException fault) {
        return new ProblemException(
                ProblemCode.INTERNAL, "The store " + place + " refused a statement: " + message(fault) + ".", fault);
    }

    private static String reason(SQLException fault) {
        String state = state(fault);
        if (state.startsWith("28")) {
            return "it refuses the user or the password";
        }
        if (state.startsWith("53")) {
            return "it has no room, or no connection left";
        }
        if (state.equals("3D000")) {
            return "there is no such database";
        }
        return isConnection(fault) ? "it cannot be reached, or takes no writes now" : "an unexpected answer";
    }

    private static String message(SQLException fault) {
        String message = String.valueOf(fault.getMessage()).strip();
        int line = message.indexOf('\n');
        return line < 0 ? message : message.substring(0, line);
    }
}
