package dev.pawl.store.sqlite.upkeep;

import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;

/**
 * The target file of a backup, checked by the real path of its folder: within the data folder it must be in {@code backups}, and it
 * replaces nothing except another backup.
 */
final class BackupPlace {

    /** The folder of backups, within the data folder. */
    static final String FOLDER = "backups";

    private final Path asked;
    private final Path file;
    private final boolean replace;

    private BackupPlace(Path asked, Path file, boolean replace) {
        this.asked = asked;
        this.file = file;
        this.replace = replace;
    }

    /**
     * Checks a target.
     *
     * @param asked an absolute path, or a name in the folder of backups, which is created
     * @param replace whether an existing backup may be replaced
     * @throws ProblemException when no backup may be written there
     */
    static BackupPlace of(Path asked, boolean replace, Path database, Path data) {
        boolean named = !asked.isAbsolute()
                && asked.getNameCount() == 1
                && !asked.toString().isEmpty();
        if (!named && !asked.isAbsolute()) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "file is \"" + asked + "\"; it takes an absolute path, or a name in " + data.resolve(FOLDER) + ".");
        }
        Path plain = (named ? folder(data).resolve(asked) : asked).normalize();
        Path folder = plain.getParent();
        Path name = plain.getFileName();
        if (folder == null || name == null || Files.isDirectory(plain)) {
            throw refusal(asked, "it is a folder");
        }
        if (folder.equals(data.resolve(FOLDER))) {
            folder(data);
        }
        if (!Files.isDirectory(folder)) {
            throw refusal(asked, "its folder does not exist");
        }
        Path real = real(asked, folder);
        if (isReserved(real, name.toString(), database, data)) {
            throw refusal(
                    asked, "that place is for the server's own files; in its data folder, backups belong in " + FOLDER);
        }
        BackupPlace place = new BackupPlace(asked, real.resolve(name), replace);
        place.check();
        return place;
    }

    /** The path of the backup, without links in its folders. */
    Path file() {
        return file;
    }

    /** Checks the existing file; called again when the backup has been written, which takes a while. */
    void check() {
        if (!real(asked, folderOf(file)).equals(folderOf(file))) {
            throw refusal(asked, "its folder became a link meanwhile");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isBackup(file)) {
            throw new ProblemException(
                    ProblemCode.BACKUP_REFUSED,
                    "The file " + asked + " exists already and is not a backup; only backups are replaced.");
        }
        if (!replace) {
            throw new ProblemException(ProblemCode.BACKUP_REFUSED, "The file " + asked + " exists already.");
        }
    }

    private static boolean isReserved(Path folder, String name, Path database, Path data) {
        Path own = realOrSame(data);
        boolean inData = folder.startsWith(own) && !folder.startsWith(own.resolve(FOLDER));
        Path store = database.toAbsolutePath().normalize();
        boolean ofDatabase =
                folder.equals(realOrSame(folderOf(store))) && name.startsWith(String.valueOf(store.getFileName()));
        return inData
                || ofDatabase
                || name.endsWith(".jar"); // it could be installed from a modules folder or the distribution
    }

    /** Creates the folder when it is missing, accessible only by its owner. */
    private static Path folder(Path data) {
        Path folder = data.toAbsolutePath().normalize().resolve(FOLDER);
        try {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] ownerOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            return Files.createDirectories(folder, ownerOnly);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BACKUP_FAILED,
                    "The folder " + folder + " cannot be created: " + IoReason.of(e) + ".",
                    e);
        }
    }

    private static boolean isBackup(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(Backup.DATABASE) != null;
        } catch (IOException noZip) {
            return false;
        }
    }

    private static Path real(Path asked, Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw refusal(asked, IoReason.of(e));
        }
    }

    private static Path realOrSame(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static Path folderOf(Path file) {
        return java.util.Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    private static ProblemException refusal(Path file, String why) {
        return new ProblemException(
                ProblemCode.BACKUP_FAILED, "The backup " + file + " cannot be written there: " + why + ".");
    }
}
