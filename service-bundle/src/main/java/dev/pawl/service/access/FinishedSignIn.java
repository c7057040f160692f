package dev.pawl.service.access;

/**
 * A person who has signed in at an issuer.
 *
 * @param principal the person
 * @param returnTo the local path to which the browser goes now; empty for the first page
 */
public record FinishedSignIn(Principal principal, String returnTo) {}
