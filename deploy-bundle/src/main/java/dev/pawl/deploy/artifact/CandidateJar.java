package dev.pawl.deploy.artifact;

import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.InstallOptions;
import org.jspecify.annotations.Nullable;

/**
 * A jar that has been read and found good by itself; whether it may come in beside what is installed is judged next. Closing it takes the
 * copy away that was not kept.
 *
 * @param staged the copy
 * @param jar its manifest
 * @param options how it is to be installed
 * @param origin where it came from
 * @param source what the record says of that; null when only its bytes came
 * @param judgedSigner whether its signature was looked at: not of a jar that was the installed one when it came
 * @param signer who signed it; null when nobody asks
 */
public record CandidateJar(
        Artifacts artifacts,
        StagedJar staged,
        ModuleJar jar,
        InstallOptions options,
        Origin origin,
        @Nullable String source,
        boolean judgedSigner,
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
