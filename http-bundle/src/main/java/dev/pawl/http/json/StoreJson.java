package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.FLAG;
import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.listOf;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;

/** The upkeep of the store, on the wire. */
public final class StoreJson {

    public static final AnswerShape<Purged> PURGED = AnswerShape.<Purged>of("PurgeReport", "What a purge removed.")
            .field("removed", removed(), Purged::report, "How many jobs, by the statuses that were asked for.")
            .field("total", INTEGER, purged -> purged.report().total(), "How many jobs in all.")
            .field("dry_run", FLAG, Purged::dryRun, "Whether they were only counted.");

    public static final AnswerShape<BackupReport> BACKUP = AnswerShape.<BackupReport>of("BackupReport", "A backup.")
            .field("file", TEXT, backup -> backup.file().toString(), "Where it is on the server's disk.")
            .field("bytes", INTEGER, BackupReport::bytes, "Its size.")
            .field("artifacts", INTEGER, BackupReport::artifacts, "How many bundles are in it.");

    public static final AnswerShape<CheckReport> CHECK = AnswerShape.<CheckReport>of(
                    "CheckReport", "What a look at the whole store found.")
            .field("sound", FLAG, CheckReport::isSound, "Whether nothing is wrong with it.")
            .field("jobs", INTEGER, CheckReport::jobs, "How many jobs were read.")
            .field("defects", listOf(TEXT), CheckReport::defects, "What is wrong.");

    private StoreJson() {}

    /**
     * A purge.
     *
     * @param report what it removed
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
                        "How many were " + status.wireName() + ".");
            }
        }
        return removed;
    }
}
