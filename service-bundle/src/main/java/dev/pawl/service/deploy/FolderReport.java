package dev.pawl.service.deploy;

import dev.pawl.service.data.TextLimit;
import java.util.List;

/**
 * What a look at the modules folder found.
 *
 * @param installed what was installed or updated
 * @param failed which jars were refused, and why
 * @param skipped the file names of jars that were in place already
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
     * @param file its name
     * @param error why, as a sentence, kept to {@link TextLimit#MESSAGE}
     */
    public record Refusal(String file, String error) {

        public Refusal {
            error = TextLimit.MESSAGE.kept(error);
        }
    }
}
