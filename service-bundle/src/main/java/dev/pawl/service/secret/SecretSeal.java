package dev.pawl.service.secret;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals secrets that a part of the server keeps in the store beside its own rows, with the key of the data folder. Safe for use by several
 * threads. Every error is a {@link dev.pawl.service.problem.ProblemException}.
 */
@ProviderType
public interface SecretSeal {

    /**
     * The secret as it is kept.
     *
     * @param place names where it is kept: it opens nowhere else
     * @param value its text, or a reference such as <code>${secret:name}</code>, whose text is read each time
     * @throws dev.pawl.service.problem.ProblemException {@code SECRET_KEY_MISSING} when there is no key and none may be made
     */
    String sealed(String place, String value);

    /**
     * The text of a secret.
     *
     * @throws dev.pawl.service.problem.ProblemException {@code SECRET_UNREADABLE} when it does not open, or a reference leads to no text
     */
    String opened(String place, String sealed);
}
