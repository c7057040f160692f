package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.util.List;

/**
 * The result of a scan of the modules folder.
 *
 * @param installed the bundles that were installed or updated
 * @param failed the jars that were refused, with the reasons
 * @param skipped the file names of jars that were installed already
 */
public record FolderReport(List<Deployed> installed, List<Refusal> failed, List<String> skipped) {

    public FolderReport {
        installed = List.copyOf(installed);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /**
     * A jar that was refused.
     *
     * @param file its file name
     * @param error the reason, as a sentence, cut to {@link TextLimit#MESSAGE}
     */
    public record Refusal(String file, String error) {

        public Refusal {
            error = TextLimit.MESSAGE.kept(error);
        }
    }
}
