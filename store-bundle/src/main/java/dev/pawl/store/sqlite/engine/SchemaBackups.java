package dev.pawl.store.sqlite.engine;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The backups that migrations leave beside a database: the latest one of a schema version, of the latest three schema versions. */
public final class SchemaBackups {

    /** The number of schema versions of which a backup is kept. */
    public static final int MOST = 3;

    private static final long MIB = 1_048_576;
    private static final String UNFINISHED = ".part";
    private static final Pattern NAME = Pattern.compile("\\.v(\\d{1,9})-(\\d{8}T\\d{6}Z)\\.backup");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path database;

    public SchemaBackups(Path database) {
        this.database = database.toAbsolutePath();
    }

    /**
     * A backup.
     *
     * @param schemaVersion the schema version of the store in it
     * @param time the time at which it was made, as its name has it
     */
    public record SchemaBackup(Path file, int schemaVersion, String time) {}

    /** The backups that there are: of the newest schema version first, of the latest time within it. */
    public List<SchemaBackup> all() throws IOException {
        String name = database.getFileName().toString();
        List<SchemaBackup> found = new ArrayList<>();
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                String other = file.getFileName().toString();
                Matcher rest = NAME.matcher(other.startsWith(name) ? other.substring(name.length()) : "");
                if (rest.matches()) {
                    found.add(new SchemaBackup(file, Integer.parseInt(rest.group(1)), rest.group(2)));
                }
            }
        }
        found.sort(Comparator.comparingInt(SchemaBackup::schemaVersion)
                .thenComparing(SchemaBackup::time)
                .reversed());
        return found;
    }

    /** The latest backup that a release which supports schema versions up to this one opens. */
    public Optional<SchemaBackup> upTo(int schemaVersion) throws IOException {
        return all().stream()
                .filter(backup -> backup.schemaVersion() <= schemaVersion)
                .findFirst();
    }

    /** The number of bytes that a backup of this database takes. */
    public static long bytes(Session session) throws SQLException {
        return session.number("PRAGMA page_size")
                * (session.number("PRAGMA page_count") - session.number("PRAGMA freelist_count"));
    }

    /** The room on the disk of the backups. */
    public long room() throws IOException {
        return Files.getFileStore(folder()).getUsableSpace();
    }

    /**
     * Writes a backup, which is on disk when the method returns, in place of an earlier one of the same schema version: a server that is
     * started again and again, and fails in each migration, must not fill the disk.
     *
     * @throws ProblemException when it cannot be written; nothing of it is left then
     */
    void write(Session session, int version, InstantSource clock) throws SQLException {
        Path backup = Path.of(database + ".v" + version + "-" + TIME.format(clock.instant()) + ".backup");
        Path part = Path.of(backup + UNFINISHED);
        try {
            removeUnfinished();
            requireRoom(backup, bytes(session));
            List<SchemaBackup> earlier = all();
            createPrivately(part);
            try {
                session.update("VACUUM INTO ?", part.toString());
                DurableFile.force(part);
                Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
                DurableFile.forceNames(folder());
            } finally {
                Files.deleteIfExists(part);
            }
            for (SchemaBackup old : earlier) {
                if (old.schemaVersion() == version && !old.file().equals(backup)) {
                    Files.deleteIfExists(old.file());
                }
            }
        } catch (IOException e) {
            throw refusal(backup, IoReason.of(e), e);
        } catch (SQLException e) {
            if (SqliteErrors.isDamage(e)) {
                throw e; // an error of the store, which is the only thing read
            }
            throw refusal(backup, SqliteErrors.reason(database, e), e);
        }
    }

    /** Removes the backups of older schema versions than the latest few. */
    void removeOld() throws IOException {
        List<Integer> versions =
                all().stream().map(SchemaBackup::schemaVersion).distinct().toList();
        for (SchemaBackup backup : all()) {
            if (versions.indexOf(backup.schemaVersion()) >= MOST) {
                Files.deleteIfExists(backup.file());
            }
        }
    }

    private void removeUnfinished() throws IOException {
        String name = database.getFileName().toString();
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                String other = file.getFileName().toString();
                if (other.startsWith(name + ".v") && other.endsWith(".backup" + UNFINISHED)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void requireRoom(Path backup, long bytes) throws IOException {
        long room = room();
        if (room < bytes) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    sentence(
                            backup,
                            "it takes " + megabytes(bytes) + ", and the disk has " + megabytes(room) + " left"));
        }
    }

    private static String megabytes(long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }

    /** Creates an empty file, which SQLite accepts, readable only by its owner. */
    private static void createPrivately(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
    }

    private Path folder() {
        return Objects.requireNonNull(database.getParent(), "a file lies in a folder");
    }

    private ProblemException refusal(Path backup, String why, Throwable cause) {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, sentence(backup, why), cause);
    }

    private String sentence(Path backup, String why) {
        return "The store " + database + " is unchanged: its backup " + backup
                + ", which comes before a migration, could not be written: " + why
                + ". Start again when that is put right.";
    }
}
