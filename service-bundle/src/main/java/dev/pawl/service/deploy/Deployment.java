package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one installed version of a module bundle.
 *
 * @param bundle the symbolic name
 * @param version the bundle's version
 * @param sha256 the artifact's digest, as 64 lower-case hexadecimal digits
 * @param modules the modules in the bundle
 * @param origin where it came from
 * @param source the path or name it was installed from; null when only its bytes were sent
 * @param enabled whether the bundle is to be started
 * @param installedAt the time of the installation
 * @param installedBy the user on whose behalf it was installed, cut to {@link TextLimit#NAME}
 * @param signer the subject of the trusted certificate that the jar is signed with; null when no signature was required
 */
public record Deployment(
        String bundle,
        String version,
        String sha256,
        List<ModuleIdentity> modules,
        Origin origin,
        @Nullable String source,
        boolean enabled,
        Instant installedAt,
        String installedBy,
        @Nullable String signer) {

    public Deployment {
        modules = List.copyOf(modules);
        installedBy = TextLimit.NAME.kept(installedBy);
        signer = TextLimit.NAME.keptOrNull(signer);
    }

    /** Whether the bundle holds the module. */
    public boolean holds(String module) {
        return modules.stream().anyMatch(identity -> identity.id().equals(module));
    }

    /** A copy that is enabled or not. */
    public Deployment with(boolean nowEnabled) {
        return new Deployment(
                bundle, version, sha256, modules, origin, source, nowEnabled, installedAt, installedBy, signer);
    }

    /** A copy with another signer, or with none. */
    public Deployment signedBy(@Nullable String who) {
        return new Deployment(bundle, version, sha256, modules, origin, source, enabled, installedAt, installedBy, who);
    }

    /** The ways by which a bundle is installed. */
    public enum Origin {
        /** It is part of the distribution. */
        DISTRIBUTION,
        /** It was found in the modules folder. */
        FOLDER,
        /** A client uploaded it. */
        API
    }

    /**
     * A module in the bundle.
     *
     * @param id the id that jobs name
     * @param name a few words for people, cut to {@link TextLimit#NAME}
     */
    public record ModuleIdentity(String id, String name) {

        public ModuleIdentity {
            name = TextLimit.NAME.kept(name);
        }
    }
}
