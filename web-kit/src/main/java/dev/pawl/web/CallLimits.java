package dev.pawl.web;

import java.time.Duration;

/**
 * The bounds of a call, redirects included.
 *
 * @param timeout the time until the whole content has arrived
 * @param maxBytes the bytes of the content, before and after it is decoded
 * @param maxRedirects the redirects that are followed; 0 returns a redirect as the answer
 * @param headCounts whether an answer counts once its headers are there: of its content as much is returned as arrives within the bounds, neither
 *     decoded nor missed
 */
public record CallLimits(Duration timeout, int maxBytes, int maxRedirects, boolean headCounts) {

    /** The bounds of a call whose answer counts only whole. */
    public CallLimits(Duration timeout, int maxBytes, int maxRedirects) {
        this(timeout, maxBytes, maxRedirects, false);
    }
}
