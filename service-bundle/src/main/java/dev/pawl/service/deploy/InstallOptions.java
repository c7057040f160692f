package dev.pawl.service.deploy;

import org.jspecify.annotations.Nullable;

/**
 * How to install.
 *
 * @param change how to bring it in, and on whose behalf
 * @param sha256 the digest the jar must have, as 64 hexadecimal digits; any when null
 */
public record InstallOptions(ChangeOptions change, @Nullable String sha256) {

    /** Moves the running jobs, with the default drain time, and takes any jar. */
    public static InstallOptions by(String who) {
        return of(ChangeOptions.by(who));
    }

    /** Takes any jar. */
    public static InstallOptions of(ChangeOptions change) {
        return new InstallOptions(change, null);
    }
}
