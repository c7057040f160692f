package dev.pawl.service.job;

import java.time.Instant;

/**
 * The key under which the answer to a request is kept, so that its client may repeat the request.
 *
 * @param key names the request, its caller and its route; 1 to 200 characters
 * @param digest the digest of the request, by which another request with the same key is told apart; 1 to 200 characters
 * @param at the time of the request
 */
public record RequestKey(String key, String digest, Instant at) {}
