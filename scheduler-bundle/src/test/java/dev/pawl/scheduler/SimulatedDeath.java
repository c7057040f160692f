package dev.pawl.scheduler;

/** The simulated process is dead; whoever meets it unwinds. */
final class SimulatedDeath extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedDeath() {
        super("The simulated process died.", null, false, false);
    }
}
