package dev.pawl.store.sqlite.upkeep;

import dev.pawl.base.file.DurableFile;
import dev.pawl.base.file.FileTree;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.CheckReport;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Replaces the present data by a backup and keeps the former data aside. Everything is unpacked, checked and on disk before anything is
 * moved, by a {@link DataReplacement}, which can be finished after a crash at any moment.
 */
public final class Restore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final byte[] DATABASE_HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final String UNPACKED = "restore-";

    private final Path database;
    private final Path data;
    private final String time;
    private final Path unpacked;
    private final Runnable beforeStep;

    /** @param beforeStep called before each step that changes the present data */
    public Restore(Path database, Path data, Instant now, Runnable beforeStep) {
        this.database = database;
        this.data = data;
        this.time = TIME.format(now);
        this.unpacked = data.resolve(UNPACKED + time);
        this.beforeStep = beforeStep;
    }

    /** Restores a backup; returns the folder with the former data. */
    public Path from(Path backup) {
        DataReplacement replacement =
                new DataReplacement(database, data, unpacked.getFileName().toString(), "replaced-" + time, beforeStep);
        try {
            if (!Files.isRegularFile(backup)) {
                throw refusal("The backup " + backup + " does not exist.");
            }
            clearAll();
            if (isDatabase(backup)) {
                take(backup);
            } else {
                unpack(backup);
            }
            check(backup);
            replacement.begin();
            replacement.finish();
            clearAll();
            return replacement.aside();
        } catch (IOException e) {
            if (!DataReplacement.isUnfinished(data)) {
                clearAll();
            }
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "The backup " + backup + " cannot be restored: " + IoReason.of(e) + "."
                            + (DataReplacement.isUnfinished(data)
                                    ? " It is half done; `pawl restore` or the next start of the server will finish it."
                                    : " The former data is unchanged."),
                    e);
        } catch (ProblemException e) {
            clearAll();
            throw e;
        }
    }

    private static boolean isDatabase(Path backup) throws IOException {
        try (InputStream in = Files.newInputStream(backup)) {
            return Arrays.equals(in.readNBytes(DATABASE_HEADER.length), DATABASE_HEADER);
        }
    }

    /** Takes the backup that a migration made, which is the database alone: the present folders stay beside it. */
    private void take(Path backup) throws IOException {
        Files.createDirectories(unpacked);
        Files.copy(backup, unpacked.resolve(Backup.DATABASE));
        for (String folder : Backup.FOLDERS) {
            Path present = data.resolve(folder);
            if (Files.isDirectory(present)) {
                try (var files = Files.walk(present)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path place = unpacked.resolve(data.relativize(file).toString());
                        Files.createDirectories(place.getParent());
                        Files.copy(file, place);
                        DurableFile.force(place);
                    }
                }
            }
        }
    }

    private void unpack(Path backup) throws IOException {
        boolean whole = false;
        try (InputStream in = Files.newInputStream(backup);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path place = unpacked.resolve(entry.getName()).normalize();
                if (!place.startsWith(unpacked) || entry.isDirectory()) {
                    throw refusal(
                            "The file " + backup + " is not a backup of Pawl: it contains " + entry.getName() + ".");
                }
                Files.createDirectories(place.getParent());
                Files.copy(zip, place);
                DurableFile.force(place);
                whole |= entry.getName().equals(Backup.DATABASE);
            }
        }
        if (!whole) {
            throw refusal(
                    "The file " + backup + " is not a backup of Pawl: it does not contain " + Backup.DATABASE + ".");
        }
    }

    private void check(Path backup) throws IOException {
        Path copy = unpacked.resolve(Backup.DATABASE);
        try (Session session = new Database(copy).writer()) {
            CheckReport report = StoreCheck.pages(session);
            if (!report.isSound()) {
                throw refusal("The backup " + backup + " is damaged: "
                        + report.defects().get(0));
            }
            if (!Migrations.isStore(session)) {
                throw refusal("The file " + backup + " is not a backup of Pawl: its database is another program's.");
            }
            long version = session.number("PRAGMA user_version");
            if (version > Migrations.present()) {
                throw refusal("The backup " + backup + " has schema version " + version
                        + "; this release opens versions up to " + Migrations.present()
                        + ". Restore it with the release that made it.");
            }
        } catch (SQLException e) {
            throw refusal("The backup " + backup + " is damaged: " + e.getMessage() + ".");
        }
        DurableFile.force(copy);
    }

    /** Removes the files that this restore and earlier killed ones have unpacked. */
    private void clearAll() {
        try (var folders = Files.list(data)) {
            for (Path folder : folders.toList()) {
                if (folder.getFileName().toString().startsWith(UNPACKED) && Files.isDirectory(folder)) {
                    FileTree.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "A folder " + UNPACKED + "… of " + data + " could not be deleted: " + IoReason.of(e) + ".",
                    e);
        }
    }

    private static ProblemException refusal(String sentence) {
        return new ProblemException(ProblemCode.BACKUP_FAILED, sentence);
    }
}
