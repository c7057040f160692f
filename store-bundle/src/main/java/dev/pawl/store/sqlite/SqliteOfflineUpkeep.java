package dev.pawl.store.sqlite;

import dev.pawl.base.duration.DurationText;
import dev.pawl.launch.OfflineUpkeep;
import dev.pawl.launch.UpkeepWork;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.SqliteErrors;
import dev.pawl.store.sqlite.upkeep.Backup;
import dev.pawl.store.sqlite.upkeep.DataReplacement;
import dev.pawl.store.sqlite.upkeep.Restore;
import dev.pawl.store.sqlite.upkeep.StoreCheck;
import dev.pawl.store.sqlite.upkeep.UpgradeCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Maintenance of a store that no server has open, for the launcher, which finds it with {@link java.util.ServiceLoader}. */
public final class SqliteOfflineUpkeep implements OfflineUpkeep {

    @Override
    public Map<String, Object> run(UpkeepWork work, StoreFiles files, Map<String, String> arguments) {
        InstantSource clock = InstantSource.system();
        Path database = files.database();
        finishRestore(files);
        if (work != UpkeepWork.RESTORE && !Files.exists(database)) {
            throw new ProblemException(ProblemCode.BACKUP_FAILED, "The store " + database + " does not exist.");
        }
        return switch (work) {
            case PURGE -> purge(files, clock, arguments);
            case BACKUP -> backup(files, clock, arguments);
            case CHECK -> check(files);
            case VERIFY_AUDIT -> verifyAudit(files, clock, arguments);
            case RESTORE -> restore(new Restore(database, files.data(), clock.instant(), () -> {}), arguments);
        };
    }

    @Override
    public Map<String, Object> upgrade(StoreFiles files) {
        return UpgradeCheck.of(files);
    }

    @Override
    public void finishRestore(StoreFiles files) {
        if (!DataReplacement.isUnfinished(files.data())) {
            return;
        }
        try {
            DataReplacement.unfinished(files.database(), files.data()).finish();
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "A restore in " + files.data() + " was interrupted and cannot be finished: " + IoReason.of(e) + ".",
                    e);
        }
    }

    private static Map<String, Object> purge(StoreFiles files, InstantSource clock, Map<String, String> arguments) {
        String age = argument(arguments, "older_than");
        Instant before = clock.instant()
                .minus(DurationText.parse(age)
                        .orElseThrow(() ->
                                new IllegalArgumentException("older_than is \"" + age + "\"; it takes a duration.")));
        Map<JobStatus, Instant> endedBefore = new EnumMap<>(JobStatus.class);
        for (String status : argument(arguments, "status").split(",", -1)) {
            endedBefore.put(StatusText.status(status), before);
        }
        boolean dryRun = Boolean.parseBoolean(arguments.get("dry_run"));
        try (SqliteStore store = SqliteStore.open(StorePlace.of(files), clock)) {
            PurgeReport report = new SqliteUpkeep(store).purge(new PurgeRequest(endedBefore, dryRun));
            Map<String, Object> jobs = new TreeMap<>();
            report.jobs().forEach((status, count) -> jobs.put(status.wireName(), count));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("removed", jobs);
            answer.put("total", report.total());
            answer.put("dry_run", dryRun);
            return answer;
        }
    }

    private static Map<String, Object> backup(StoreFiles files, InstantSource clock, Map<String, String> arguments) {
        try (Session session = new Database(files.database()).writer()) {
            BackupReport report = Backup.write(
                    session,
                    files.database(),
                    files.data(),
                    Path.of(arguments.getOrDefault("file", Backup.name(clock.instant()))),
                    Boolean.parseBoolean(arguments.get("replace")));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("file", report.file().toString());
            answer.put("bytes", report.bytes());
            answer.put("artifacts", report.artifacts());
            return answer;
        } catch (SQLException e) {
            throw SqliteErrors.problem(files.database(), e);
        }
    }

    private static Map<String, Object> check(StoreFiles files) {
        CheckReport report;
        try (Session session = new Database(files.database()).writer()) {
            report = StoreCheck.run(session, files.data());
        } catch (SQLException e) {
            report = new CheckReport(
                    0,
                    List.of(String.valueOf(
                            SqliteErrors.problem(files.database(), e).getMessage())));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sound", report.isSound());
        answer.put("jobs", report.jobs());
        answer.put("defects", new ArrayList<Object>(report.defects()));
        return answer;
    }

    /** Opens the store as a server would, so that one of an older release is migrated first. */
    private static Map<String, Object> verifyAudit(
            StoreFiles files, InstantSource clock, Map<String, String> arguments) {
        try (SqliteStore store = SqliteStore.open(StorePlace.of(files), clock)) {
            AuditReport report = new SqliteAudit(store).verify(arguments.get("expect"));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("sound", report.isSound());
            answer.put("entries", report.entries());
            answer.put("first", report.first());
            answer.put("head", report.head());
            answer.put("expected_at", report.expectedAt());
            answer.put("broken", report.broken());
            answer.put("defect", report.defect());
            return answer;
        }
    }

    private static Map<String, Object> restore(Restore restore, Map<String, String> arguments) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", argument(arguments, "file"));
        answer.put(
                "replaced", restore.from(Path.of(argument(arguments, "file"))).toString());
        return answer;
    }

    private static String argument(Map<String, String> arguments, String name) {
        String value = arguments.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing.");
        }
        return value;
    }
}
