package dev.pawl.store.sqlite;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.CheckReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Puts a backup in the place of what there is, which is kept aside. All is unpacked and checked before anything is moved; while things
 * move, a mark in the data folder keeps a server from starting on half of them.
 */
final class Restore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The launcher looks for it. */
    private static final String MARK = "restore.unfinished";

    private final Path database;
    private final Path data;
    private final Path unpacked;
    private final Path aside;

    Restore(Path database, Path data, Instant now) {
        this.database = database;
        this.data = data;
        this.unpacked = data.resolve("restore-" + TIME.format(now));
        this.aside = data.resolve("replaced-" + TIME.format(now));
    }

    /** Returns where the former data is now. */
    Path from(Path backup) {
        try {
            if (!Files.isRegularFile(backup)) {
                throw refusal("There is no backup " + backup + ".");
            }
            unpack(backup);
            check(backup);
            Files.writeString(data.resolve(MARK), "The former data is in " + aside + "\n");
            keepAside();
            putInPlace();
            Files.delete(data.resolve(MARK));
            return aside;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "The backup " + backup + " cannot be restored: " + e + ". What was there is in place, or in "
                            + aside + ".",
                    e);
        } finally {
            clear();
        }
    }

    private void unpack(Path backup) throws IOException {
        boolean whole = false;
        try (InputStream in = Files.newInputStream(backup);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path place = unpacked.resolve(entry.getName()).normalize();
                if (!place.startsWith(unpacked) || entry.isDirectory()) {
                    throw refusal("The file " + backup + " is no backup of Pawl: it holds " + entry.getName() + ".");
                }
                Files.createDirectories(place.getParent());
                Files.copy(zip, place);
                whole |= entry.getName().equals(Backup.DATABASE);
            }
        }
        if (!whole) {
            throw refusal("The file " + backup + " is no backup of Pawl: it holds no " + Backup.DATABASE + ".");
        }
    }

    private void check(Path backup) {
        Path copy = unpacked.resolve(Backup.DATABASE);
        try (Session session = new Database(copy).writer()) {
            CheckReport report = Check.pages(session);
            if (!report.isSound()) {
                throw refusal("The backup " + backup + " is damaged: "
                        + report.defects().get(0));
            }
        } catch (SQLException e) {
            throw refusal("The backup " + backup + " is damaged: " + e.getMessage() + ".");
        }
    }

    private void keepAside() throws IOException {
        Files.createDirectories(aside);
        for (String suffix : List.of("", "-wal", "-shm")) {
            Path file = Path.of(database + suffix);
            move(file, aside.resolve(Backup.DATABASE + suffix));
        }
        for (String folder : Backup.FOLDERS) {
            move(data.resolve(folder), aside.resolve(folder));
        }
    }

    private void putInPlace() throws IOException {
        for (String folder : Backup.FOLDERS) {
            move(unpacked.resolve(folder), data.resolve(folder));
        }
        Files.createDirectories(database.toAbsolutePath().getParent());
        Files.move(unpacked.resolve(Backup.DATABASE), database);
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void clear() {
        if (!Files.exists(unpacked)) {
            return;
        }
        List<Path> left = new ArrayList<>();
        try (var all = Files.walk(unpacked)) {
            all.forEach(left::add);
            for (int i = left.size() - 1; i >= 0; i--) {
                Files.delete(left.get(i));
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED, "The folder " + unpacked + " stays behind: " + e + ".", e);
        }
    }

    private static ProblemException refusal(String sentence) {
        return new ProblemException(ProblemCode.BACKUP_FAILED, sentence);
    }
}
