package dev.pawl.web;

import java.time.Duration;

/**
 * The bounds of a call, redirects included.
 *
 * @param timeout the time until the whole content has arrived
 * @param maxBytes the bytes of the content, before and after it is decoded
 * @param maxRedirects the redirects that are followed; 0 returns a redirect as the answer
 */
public record CallLimits(Duration timeout, int maxBytes, int maxRedirects) {}
