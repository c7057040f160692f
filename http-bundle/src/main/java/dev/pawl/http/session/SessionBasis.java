package dev.pawl.http.session;

import dev.pawl.http.auth.Credential;

/**
 * The credential with which a session may be opened, and the longest that it may last.
 *
 * @param credential the credential, which is no session itself
 * @param endsAt the time of its end, by the clock of {@link Sessions}
 */
public record SessionBasis(Credential credential, long endsAt) {}
