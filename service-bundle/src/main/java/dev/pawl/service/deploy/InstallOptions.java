package dev.pawl.service.deploy;

import org.jspecify.annotations.Nullable;

/**
 * Options of an installation.
 *
 * @param change the options that every change has
 * @param sha256 the expected digest of the jar, as 64 hexadecimal digits; not checked when null
 * @param source where the file came from, for the record; null when only its bytes are known
 */
public record InstallOptions(
        ChangeOptions change,
        @Nullable String sha256,
        @Nullable String source) {

    /** Options for a file of which only the bytes are known. */
    public InstallOptions(ChangeOptions change, @Nullable String sha256) {
        this(change, sha256, null);
    }

    /** Options that move the running jobs, with the default drain time, and accept any jar. */
    public static InstallOptions by(String who) {
        return of(ChangeOptions.by(who));
    }

    /** Options that accept any jar. */
    public static InstallOptions of(ChangeOptions change) {
        return new InstallOptions(change, null);
    }
}
