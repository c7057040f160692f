package dev.pawl.store.sqlite.upkeep;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.SqliteErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a copy of the database and of the folders that belong to it into one file, which has another name until it is complete. */
public final class Backup {

    /** The name of the database in the backup. */
    static final String DATABASE = "pawl.db";

    /** The folders of the data folder that a server needs: the module bundles and their settings. */
    static final List<String> FOLDERS = List.of("artifacts", "config");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Backup() {}

    /** The default name of a backup. */
    public static String name(Instant now) {
        return "pawl-" + TIME.format(now) + ".backup";
    }

    /**
     * Writes a backup.
     *
     * @param database the store's own file
     * @param data the data folder
     * @param asked an absolute path, or a name in its folder of backups
     */
    public static BackupReport write(Session session, Path database, Path data, Path asked, boolean replace)
            throws SQLException {
        BackupPlace place = BackupPlace.of(asked, replace, database, data);
        Path file = place.file();
        Path copy = null;
        Path part = null;
        try {
            copy = createPrivately(file);
            part = createPrivately(file);
            copy(session, copy, file);
            int artifacts = pack(copy, data, part);
            place.check();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return new BackupReport(file, Files.size(file), artifacts);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: " + IoReason.of(e) + ".", e);
        } finally {
            delete(copy);
            delete(part);
        }
    }

    private static void copy(Session session, Path copy, Path file) throws SQLException {
        try {
            session.update("VACUUM INTO ?", copy.toString());
        } catch (SQLException e) {
            if (SqliteErrors.isDamage(e)) {
                throw e; // an error of the store, which is the only thing read
            }
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Creates a file beside the backup: empty, which SQLite accepts, and readable only by its owner, since settings contain secrets. */
    private static Path createPrivately(Path beside) throws IOException {
        Path folder = Objects.requireNonNull(beside.getParent());
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? Files.createTempFile(
                        folder,
                        ".pawl-backup-",
                        ".part",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, ".pawl-backup-", ".part");
    }

    private static int pack(Path copy, Path data, Path part) throws IOException {
        int artifacts = 0;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            add(zip, DATABASE, copy);
            for (String folder : FOLDERS) {
                for (Path each : files(data.resolve(folder))) {
                    add(zip, data.relativize(each).toString().replace('\\', '/'), each);
                    artifacts += folder.equals("artifacts") ? 1 : 0;
                }
            }
        }
        DurableFile.force(part);
        return artifacts;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static void delete(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "The file " + file + " could not be deleted: " + IoReason.of(e) + ".",
                    e);
        }
    }
}
