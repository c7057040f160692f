package dev.pawl.it.server;

/** The size of tests that could run endlessly: small by default, large under {@code -Pnightly}. */
public final class Effort {

    private static final boolean NIGHTLY = Boolean.getBoolean("pawl.nightly");

    private Effort() {}

    /** Returns the first number by default, the second one under {@code -Pnightly}. */
    public static int of(int always, int nightly) {
        return NIGHTLY ? nightly : always;
    }

    /** Whether all cases are tested. */
    public static boolean isNightly() {
        return NIGHTLY;
    }
}
