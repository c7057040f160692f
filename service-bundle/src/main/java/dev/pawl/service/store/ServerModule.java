package dev.pawl.service.store;

/**
 * A module bundle on one server.
 *
 * @param bundle its symbolic name
 * @param version its version there
 * @param sha256 the digest of its artifact
 * @param state its state there
 * @param detail a sentence about a state that is not what was asked for; empty otherwise
 */
public record ServerModule(String bundle, String version, String sha256, State state, String detail) {

    /** The states of a module bundle on a server. */
    public enum State {
        /** It runs, and takes jobs. */
        SERVING,
        /** It runs and takes jobs, and has yet to stay healthy for a while. */
        PROVING,
        /** It is installed and disabled. */
        STOPPED,
        /** It should run and does not. */
        FAILED
    }
}
