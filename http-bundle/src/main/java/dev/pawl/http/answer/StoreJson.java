package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;

/** Reports on the store's maintenance on the wire. */
public final class StoreJson {

    public static final AnswerShape<Purged> PURGED = AnswerShape.<Purged>of("PurgeReport", "The result of a purge.")
            .field("removed", removed(), Purged::report, "The number of jobs, for each requested status.")
            .field("total", INTEGER, purged -> purged.report().total(), "The number of all these jobs.")
            .field("dry_run", FLAG, Purged::dryRun, "Whether they were only counted.");

    public static final AnswerShape<BackupReport> BACKUP = AnswerShape.<BackupReport>of("BackupReport", "A backup.")
            .field("file", TEXT, backup -> backup.file().toString(), "Its path on the server's disk.")
            .field("bytes", INTEGER, BackupReport::bytes, "Its size.")
            .field("artifacts", INTEGER, BackupReport::artifacts, "The number of bundles in it.");

    public static final AnswerShape<CheckReport> CHECK = AnswerShape.<CheckReport>of(
                    "CheckReport", "The result of a check of the whole store.")
            .field("sound", FLAG, CheckReport::isSound, "Whether there is no defect.")
            .field("jobs", INTEGER, CheckReport::jobs, "The number of jobs that were read.")
            .field("defects", listOf(TEXT), CheckReport::defects, "The defects, a sentence each.");

    private StoreJson() {}

    /**
     * A purge.
     *
     * @param report its result
     * @param dryRun whether it only counted
     */
    public record Purged(PurgeReport report, boolean dryRun) {}

    private static AnswerShape<PurgeReport> removed() {
        AnswerShape<PurgeReport> removed = AnswerShape.of("RemovedJobs", "Numbers of jobs that were removed.");
        for (JobStatus status : JobStatus.values()) {
            if (status.isFinal()) {
                removed = removed.optional(
                        status.wireName(),
                        INTEGER,
                        report -> report.jobs().get(status),
                        "The number of removed jobs that were " + status.wireName() + ".");
            }
        }
        return removed;
    }
}
