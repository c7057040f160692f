package dev.pawl.service.access;

import java.time.Instant;

/**
 * A token that somebody else issued and that was found valid.
 *
 * @param principal the one to whom it belongs
 * @param expiresAt the end of the token
 */
public record VerifiedToken(Principal principal, Instant expiresAt) {}
