package dev.pawl.scheduler;

/** Thrown when the simulated process dies; unwinds every call. */
final class SimulatedDeath extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedDeath() {
        super("The simulated process died.", null, false, false);
    }
}
