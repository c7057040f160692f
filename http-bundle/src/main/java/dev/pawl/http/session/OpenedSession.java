package dev.pawl.http.session;

import dev.pawl.service.access.Principal;
import java.time.Duration;

/**
 * A session that was just opened, with the secret of its cookie, which is kept nowhere.
 *
 * @param principal the identity that it stands for
 * @param secret the value of the cookie
 * @param atMost the longest that it may last
 */
public record OpenedSession(Principal principal, String secret, Duration atMost) {}
