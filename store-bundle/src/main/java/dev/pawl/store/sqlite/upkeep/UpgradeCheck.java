package dev.pawl.store.sqlite.upkeep;

import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.service.problem.IoReason;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.NewerStore;
import dev.pawl.store.sqlite.engine.SchemaBackups;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.SqliteErrors;
import dev.pawl.store.sqlite.engine.StoreRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says whether this release may open a store, and what it would do to it first. Changes nothing. */
public final class UpgradeCheck {

    /** The work of a start of this release on the store. */
    private enum Verdict {
        /** It makes one, since there is none. */
        CREATES,
        /** It opens the store as it is. */
        OPENS,
        /** It makes a backup, migrates the store, and opens it. */
        MIGRATES,
        /** It ends with a sentence and leaves the store as it is. */
        REFUSES;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final StoreFiles files;
    private final Map<String, Object> answer = new LinkedHashMap<>();

    private UpgradeCheck(StoreFiles files) {
        this.files = files;
    }

    /** The answer, by the names that {@code pawl upgrade --check -o json} shows. */
    public static Map<String, Object> of(StoreFiles files) {
        return new UpgradeCheck(files).run();
    }

    private Map<String, Object> run() {
        answer.put("store", files.database().toString());
        answer.put("supported_schema_version", Migrations.present());
        new StoreRelease(files.database()).last().ifPresent(last -> answer.put("last_opened_by", last));
        if (DataReplacement.isUnfinished(files.data())) {
            answer.put("unfinished_restore", true);
        }
        if (!Files.exists(files.database())) {
            return end(Verdict.CREATES, null);
        }
        try (Session session = new Database(files.database()).observer()) {
            return judge(session);
        } catch (SQLException e) {
            return end(
                    Verdict.REFUSES,
                    String.valueOf(SqliteErrors.problem(files.database(), e).getMessage()));
        } catch (IOException e) {
            return end(
                    Verdict.REFUSES,
                    "The folder of the store " + files.database() + " cannot be read: " + IoReason.of(e) + ".");
        }
    }

    private Map<String, Object> judge(Session session) throws SQLException, IOException {
        int version = Math.toIntExact(session.number("PRAGMA user_version"));
        boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (empty) {
            return end(Verdict.CREATES, null);
        }
        if (!Migrations.isStore(session)) {
            return end(Verdict.REFUSES, Migrations.noStore(files.database()));
        }
        SchemaBackups backups = new SchemaBackups(files.database());
        long bytes = SchemaBackups.bytes(session);
        answer.put("schema_version", version);
        answer.put("store_bytes", bytes);
        answer.put("room_bytes", backups.room());
        answer.put(
                "backups",
                backups.all().stream()
                        .map(backup -> Map.<String, Object>of(
                                "file", backup.file().toString(), "schema_version", backup.schemaVersion()))
                        .toList());
        if (version > Migrations.present()) {
            return end(
                    Verdict.REFUSES,
                    new NewerStore(files.database(), version, Migrations.present(), files.release()).sentence());
        }
        if (version == Migrations.present()) {
            return end(Verdict.OPENS, null);
        }
        return backups.room() < bytes
                ? end(Verdict.REFUSES, "The backup that comes before the migration does not fit on the disk.")
                : end(Verdict.MIGRATES, null);
    }

    private Map<String, Object> end(Verdict verdict, @Nullable String reason) {
        answer.put("verdict", verdict.wireName());
        if (reason != null) {
            answer.put("reason", reason);
        }
        answer.putIfAbsent("backups", List.of());
        return answer;
    }
}
