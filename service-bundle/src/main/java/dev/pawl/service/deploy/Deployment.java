package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our record of one version of a module bundle.
 *
 * @param bundle the symbolic name
 * @param version the bundle's version
 * @param sha256 the artifact's digest, as 64 lower-case hexadecimal digits
 * @param modules the modules inside
 * @param origin how it came
 * @param source the path or name it came from; null when only its bytes came
 * @param enabled whether it is to be started
 * @param installedAt when
 * @param installedBy on whose behalf, kept to {@link TextLimit#NAME}
 * @param signer the subject of the trusted certificate that the jar is signed with; null when none was asked for
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

    /** The same, to be started or not. */
    public Deployment with(boolean nowEnabled) {
        return new Deployment(
                bundle, version, sha256, modules, origin, source, nowEnabled, installedAt, installedBy, signer);
    }

    /** The same, signed by somebody, or by nobody. */
    public Deployment signedBy(@Nullable String who) {
        return new Deployment(bundle, version, sha256, modules, origin, source, enabled, installedAt, installedBy, who);
    }

    /** How a bundle came. */
    public enum Origin {
        /** It is part of the distribution. */
        DISTRIBUTION,
        /** It lay in the modules folder. */
        FOLDER,
        /** Somebody sent it. */
        API
    }

    /**
     * A module's name within its bundle.
     *
     * @param id the id that jobs name
     * @param name for people, kept to {@link TextLimit#NAME}
     */
    public record ModuleIdentity(String id, String name) {

        public ModuleIdentity {
            name = TextLimit.NAME.kept(name);
        }
    }
}
