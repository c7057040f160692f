package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of installing what a list of sources names, or its forecast.
 *
 * @param installed the modules that were installed or updated
 * @param failed the modules that could not be installed
 * @param skipped the modules that are installed already as the source has them
 */
public record SyncReport(List<Synced> installed, List<Failure> failed, List<Synced> skipped) {

    public SyncReport {
        installed = List.copyOf(installed);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /**
     * A module whose source was read.
     *
     * @param deployed the change
     * @param source the address of the repository or file, or the folder
     * @param path the module's folder in the repository; null for the whole
     * @param commit the commit that was fetched; null when the source is no repository
     */
    public record Synced(
            Deployed deployed,
            String source,
            @Nullable String path,
            @Nullable String commit) {}

    /**
     * A module that could not be installed.
     *
     * @param module its folder in the repository, or {@code (root)}
     * @param source as of {@link Synced}
     * @param error the reason, as a sentence, cut to {@link TextLimit#MESSAGE}
     */
    public record Failure(String module, String source, String error) {

        public Failure {
            error = TextLimit.MESSAGE.kept(error);
        }
    }
}
