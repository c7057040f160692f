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
 * The file that a backup becomes, judged by the real path of its folder: in the data folder it lies in {@code backups} alone, and it
 * takes the place of nothing but another backup.
 */
final class BackupPlace {

    /** Within the data folder. */
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
     * Judges a place.
     *
     * @param asked an absolute path, or a name in the folder of backups, which is made
     * @param replace whether a backup that is there may go
     * @throws ProblemException when no backup may be there
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
            throw refusal(asked, "that is a folder");
        }
        if (folder.equals(data.resolve(FOLDER))) {
            folder(data);
        }
        if (!Files.isDirectory(folder)) {
            throw refusal(asked, "there is no such folder");
        }
        Path real = real(asked, folder);
        if (isTheServers(real, name.toString(), database, data)) {
            throw refusal(
                    asked,
                    "the server keeps things of its own in that place; in its data folder backups go to " + FOLDER);
        }
        BackupPlace place = new BackupPlace(asked, real.resolve(name), replace);
        place.check();
        return place;
    }

    /** Where it will be, without a link on the way there. */
    Path file() {
        return file;
    }

    /** Judges what is there now; asked again when the backup is written, which takes a while. */
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
                    "There is a file " + asked + " already, and it is no backup; nothing but a backup is replaced.");
        }
        if (!replace) {
            throw new ProblemException(ProblemCode.BACKUP_REFUSED, "There is a file " + asked + " already.");
        }
    }

    private static boolean isTheServers(Path folder, String name, Path database, Path data) {
        Path own = realOrSame(data);
        boolean inData = folder.startsWith(own) && !folder.startsWith(own.resolve(FOLDER));
        Path store = database.toAbsolutePath().normalize();
        boolean ofDatabase =
                folder.equals(realOrSame(folderOf(store))) && name.startsWith(String.valueOf(store.getFileName()));
        return inData || ofDatabase || name.endsWith(".jar"); // a modules folder, or the distribution, would take it up
    }

    /** Made when it is missing, for its owner alone. */
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
                    ProblemCode.BACKUP_FAILED, "The folder " + folder + " cannot be made: " + IoReason.of(e) + ".", e);
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
