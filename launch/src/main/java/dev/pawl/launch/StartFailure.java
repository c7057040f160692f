package dev.pawl.launch;

/**
 * The reason why the start of the framework will never end. A service that the deployer registers when a module holds the start up; the
 * launcher, which waits for the start, then ends the process.
 *
 * @param reason a sentence for the operator
 */
public record StartFailure(String reason) {}
