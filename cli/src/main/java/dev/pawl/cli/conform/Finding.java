package dev.pawl.cli.conform;

/**
 * The outcome of one check.
 *
 * @param check what was tried
 * @param detail what was seen
 */
record Finding(String check, Verdict verdict, String detail) {

    /** How it went. */
    enum Verdict {
        /** As the protocol says. */
        OK,
        /** Allowed, but not what its author will want. */
        WARNING,
        /** Against the protocol. */
        WRONG,
        /** Does not apply to this module. */
        SKIPPED
    }
}
