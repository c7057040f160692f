package dev.pawl.it.server;

/** The size of tests that could go on for ever: small in every run, large under {@code -Pnightly}. */
public final class Effort {

    private static final boolean NIGHTLY = Boolean.getBoolean("pawl.nightly");

    private Effort() {}

    /** One of two numbers. */
    public static int of(int always, int nightly) {
        return NIGHTLY ? nightly : always;
    }

    /** Whether everything is tried that can be. */
    public static boolean isNightly() {
        return NIGHTLY;
    }
}
