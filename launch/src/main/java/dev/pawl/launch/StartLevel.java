package dev.pawl.launch;

/**
 * The start levels that code has to know. Which bundle has which level is said by {@code etc/start-levels.properties} alone.
 */
public final class StartLevel {

    /** The level of bundles that are not listed. */
    public static final int FIRST = 1;

    /** The level of the deployer, which puts the modules in place and starts them before the framework goes on. */
    public static final int DEPLOYER = 3;

    /** The level at which the server is up: the scheduler and the shell's commands are there. */
    public static final int SERVER = 6;

    private StartLevel() {}
}
