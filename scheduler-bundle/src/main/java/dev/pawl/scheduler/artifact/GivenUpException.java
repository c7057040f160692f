package dev.pawl.scheduler.artifact;

/** Thrown when artifacts are no longer taken over because the run is to end now; they are kept once the job has ended. */
public final class GivenUpException extends Exception {

    private static final long serialVersionUID = 1L;
}
