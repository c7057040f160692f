package dev.pawl.http.resource;

import dev.pawl.http.answer.StoreJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The routes of the store's maintenance. */
public final class StoreRoutes {

    private static final Query OLDER_THAN = Query.duration(
                    "older_than", null, "Only jobs that ended longer ago than this.")
            .mandatory();
    private static final Query STATUS = Query.text(
            "status", "Statuses, separated by commas: completed, failed, stopped; all three when not given.");
    private static final Query DRY_RUN = Query.flag("dry_run", "Only counts them.");
    private static final Query FILE = Query.text(
            "file",
            "An absolute path on the server's disk, or a name in the folder backups of its data folder; by "
                    + "default named after the time.");
    private static final Query REPLACE =
            Query.flag("replace", "Whether an existing backup may be replaced; no other file ever is.");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Services parts;

    public StoreRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/store/purge",
                                Role.ADMIN,
                                "Removes jobs that ended some time ago, with their logs and results.",
                                DeclaredAnswer.json(() -> StoreJson.PURGED, "What was removed."),
                                this::purge)
                        .query(OLDER_THAN, STATUS, DRY_RUN),
                Route.post(
                                "/store/backup",
                                Role.ADMIN,
                                "Writes a backup of the store, the modules' bundles and their settings to the server's disk.",
                                DeclaredAnswer.json(() -> StoreJson.BACKUP, "The backup."),
                                this::backup)
                        .problems(ProblemCode.BACKUP_REFUSED, ProblemCode.BACKUP_FAILED)
                        .query(FILE, REPLACE)
                        .repeated(Repetition.KEPT),
                Route.post(
                        "/store/check",
                        Role.ADMIN,
                        "Reads the whole store and reports its defects.",
                        DeclaredAnswer.json(() -> StoreJson.CHECK, "The result."),
                        this::check));
    }

    private Answer purge(Call call) {
        Instant before = parts.clock().get().instant().minus(call.duration(OLDER_THAN));
        boolean dryRun = call.flag(DRY_RUN);
        Map<JobStatus, Instant> endedBefore = new EnumMap<>(JobStatus.class);
        for (String word : call.text(STATUS).orElse("completed,failed,stopped").split(",", -1)) {
            endedBefore.put(status(word.strip()), before);
        }
        PurgeReport report = parts.upkeep().get().purge(new PurgeRequest(endedBefore, dryRun));
        return Answer.json(StoreJson.PURGED, new StoreJson.Purged(report, dryRun));
    }

    private Answer backup(Call call) {
        BackupReport report = parts.upkeep().get().backup(file(call), call.flag(REPLACE));
        return Answer.json(StoreJson.BACKUP, report);
    }

    private Answer check(Call call) {
        CheckReport report = parts.upkeep().get().check();
        return Answer.json(StoreJson.CHECK, report);
    }

    private Path file(Call call) {
        String text = call.text(FILE)
                .orElseGet(() -> "pawl-" + TIME.format(parts.clock().get().instant()) + ".backup");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "file is not a valid path; it takes an absolute path, or a name.", e);
        }
    }

    private static JobStatus status(String word) {
        for (JobStatus status : JobStatus.values()) {
            if (status.isFinal() && status.wireName().equals(word.toLowerCase(Locale.ROOT))) {
                return status;
            }
        }
        throw new ProblemException(
                ProblemCode.MALFORMED, "status has \"" + word + "\"; it takes completed, failed and stopped.");
    }
}
