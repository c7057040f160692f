package dev.pawl.deploy.artifact;

import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.InstallOptions;
import org.jspecify.annotations.Nullable;

/**
 * A jar that was read and found valid by itself; whether it fits the installed bundles is checked next. Closing it deletes the copy unless
 * it became an artifact.
 *
 * @param staged the copy
 * @param jar its manifest
 * @param options how it is to be installed
 * @param origin where it came from
 * @param source the path or name to record as its source; null when only its bytes were sent
 * @param signatureChecked whether its signature was checked; it is not when the jar was the installed one already
 * @param signer the subject of its signer; null when signatures are not required
 */
public record CandidateJar(
        Artifacts artifacts,
        StagedJar staged,
        ModuleJar jar,
        InstallOptions options,
        Origin origin,
        @Nullable String source,
        boolean signatureChecked,
        @Nullable String signer)
        implements AutoCloseable {

    public CandidateJar signedBy(@Nullable String found) {
        return new CandidateJar(artifacts, staged, jar, options, origin, source, true, found);
    }

    @Override
    public void close() {
        artifacts.discard(staged);
    }
}
