package dev.pawl.it.history;

/** A rule that a history does not keep, and where. */
public record Violation(Invariant invariant, String where) {

    @Override
    public String toString() {
        return invariant + ": " + where;
    }
}
