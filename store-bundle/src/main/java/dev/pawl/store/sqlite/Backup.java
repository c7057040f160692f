package dev.pawl.store.sqlite;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.BackupReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Puts a copy of the database and the folders that belong to it into one file, under another name until it is whole. */
final class Backup {

    /** What the database is called inside. */
    static final String DATABASE = "pawl.db";

    /** Folders of the data folder that a server cannot do without: the modules' bundles and their settings. */
    static final List<String> FOLDERS = List.of("artifacts", "config");

    private static final Set<String> OWN = Set.of("artifacts", "config", "cache", "modules", "work");

    private Backup() {}

    /**
     * Writes one.
     *
     * @param database the store's own file
     * @param data the data folder
     */
    static BackupReport write(Session session, Path database, Path data, Path file, boolean replace)
            throws SQLException {
        refuse(file, replace);
        refuseOwn(
                file.normalize(),
                database.toAbsolutePath().normalize(),
                data.toAbsolutePath().normalize());
        Path copy = Path.of(file + ".db.part");
        Path part = Path.of(file + ".part");
        try {
            createPrivately(copy);
            createPrivately(part);
            copy(session, copy, file);
            int artifacts = pack(copy, data, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return new BackupReport(file, Files.size(file), artifacts);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: " + why(e) + ".", e);
        } finally {
            delete(copy);
            delete(part);
        }
    }

    private static void refuse(Path file, boolean replace) {
        if (!file.isAbsolute()) {
            throw new ProblemException(ProblemCode.MALFORMED, "file is \"" + file + "\"; it takes an absolute path.");
        }
        if (Files.isDirectory(file)) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: that is a folder.");
        }
        if (Files.exists(file) && !replace) {
            throw new ProblemException(ProblemCode.BACKUP_REFUSED, "There is a file " + file + " already.");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: there is no such folder.");
        }
    }

    /** A backup may lie in the data folder, but never in the place of what the server itself keeps there. */
    private static void refuseOwn(Path file, Path database, Path data) {
        boolean isOfDatabase = file.toString().startsWith(database.toString());
        boolean isOfServer = file.startsWith(data)
                && (Files.exists(file)
                        ? !looksLikeBackup(file)
                        : OWN.contains(data.relativize(file).getName(0).toString()));
        if (isOfDatabase || isOfServer) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "The backup " + file
                            + " cannot be written there: the server keeps things of its own in that place.");
        }
    }

    private static String why(IOException e) {
        return e instanceof AccessDeniedException ? "this user may not write there" : e.toString();
    }

    private static boolean looksLikeBackup(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(DATABASE) != null;
        } catch (IOException noZip) {
            return false;
        }
    }

    private static void copy(Session session, Path copy, Path file) throws SQLException {
        try {
            session.update("VACUUM INTO ?", copy.toString());
        } catch (SQLException e) {
            if (Faults.isDamage(e)) {
                throw e; // of the store, which alone is read
            }
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Empty, which SQLite takes, and for its owner alone: settings hold secrets. */
    private static void createPrivately(Path file) throws IOException {
        Files.deleteIfExists(file);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
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
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
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

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BACKUP_FAILED, "The file " + file + " stays behind: " + e + ".", e);
        }
    }
}
