package dev.pawl.runtime.files;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Protects the server's files from other users of the machine: they must not read its data, or write to the folders from which it loads
 * code. Permissions of this user's files are restricted; files that others own or may write are refused. On file systems without POSIX
 * permissions nothing is checked.
 */
public final class FileModes {

    /** Folders of the data folder that contain no secrets and may be very large. */
    private static final Set<String> LARGE = Set.of("work", "cache", "tmp");

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private static final int STICKY = 01000;

    private FileModes() {}

    /** Refuses a data folder that belongs to another user, also to root. */
    static void requireOwner(Path data) throws StartException, IOException {
        if (hasPermissions(data) && user(data) != self(data)) {
            String owner = Files.getOwner(data).getName();
            throw new StartException("The data folder " + data + " belongs to the user " + owner
                    + ", who could read and change everything that the server keeps there. Use that user (`sudo -u "
                    + owner + " pawl …`), or give this user the folder with all its contents (chown -R).");
        }
    }

    /**
     * Makes the data folder and its contents inaccessible to other users.
     *
     * @return whether something was accessible before
     * @throws StartException when its file system does not store permissions
     */
    static boolean close(Path data) throws StartException, IOException {
        if (!hasPermissions(data)) {
            return false;
        }
        int self = self(data);
        boolean open = isOpen(data);
        close(data, self);
        if (isOpen(data)) {
            throw new StartException(
                    "Other users may read the data folder " + data
                            + ", and its file system does not store permissions. Choose another with PAWL_DATA_DIR or --data-dir.");
        }
        try (var entries = Files.newDirectoryStream(data)) {
            for (Path entry : entries) {
                if (isOpen(entry)) {
                    open = true;
                    closeAll(entry, self);
                }
            }
        }
        return open;
    }

    /**
     * Makes a file inaccessible to other users that may be outside the data folder; a missing one, or one of other users, is left alone.
     */
    public static void closeFile(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isRegularFile(file) && folder != null && hasPermissions(file) && isOpen(file)) {
            close(file, self(folder));
        }
    }

    /** Takes the rights of users beyond the owner and the group of a folder away, if it is this user's; the group may be that of other servers. */
    public static void closeToAll(Path folder) throws IOException {
        if (hasPermissions(folder) && isOpenToAll(folder) && user(folder.toRealPath()) == process()) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            permissions.removeIf(permission -> permission.name().startsWith("OTHERS_"));
            Files.setPosixFilePermissions(folder, permissions);
        }
    }

    /** Whether users beyond the owner and the group of a file may read or write it; links are followed, as those of mounted secrets are. */
    public static boolean isOpenToAll(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /**
     * Refuses a folder that other users may write to, directly or through a parent folder.
     *
     * @param told the beginning of the message, which names the folder
     */
    public static void requireOwn(String told, Path folder) throws StartException, IOException {
        if (!hasPermissions(folder)) {
            return;
        }
        Path real = folder.toRealPath();
        int self = process();
        for (Path each = real; each != null; each = each.getParent()) {
            int owner = user(each);
            if (owner != self && owner != 0) {
                throw refused(
                        told,
                        each,
                        "belongs to the user " + Files.getOwner(each).getName());
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(each);
            boolean writable = permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
            if (writable && (each.equals(real) || !isSticky(each))) {
                throw refused(told, each, "is writable by other users");
            }
        }
    }

    private static StartException refused(String told, Path folder, String why) {
        return new StartException(told + ", but " + folder + " " + why
                + ", who could put modules there that run with the rights of this server. Take their rights away (chmod go-w,"
                + " chown), or choose another folder.");
    }

    private static void closeAll(Path root, int self) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                close(folder, self);
                boolean large = folder.equals(root) && LARGE.contains(String.valueOf(folder.getFileName()));
                return large ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                close(file, self);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // nobody else can reach it in an inaccessible folder
            }
        });
    }

    /**
     * Removes other users' permissions from a file or folder of this user. Links are left, since their permissions are those of their
     * targets.
     */
    private static void close(Path path, int self) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink() || user(path) != self) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(attributes.permissions());
        if (permissions.removeAll(OF_OTHERS)) {
            try {
                Files.setPosixFilePermissions(path, permissions);
            } catch (IOException notKept) {
                return; // the caller's later check reports it
            }
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return !attributes.isSymbolicLink() && attributes.permissions().stream().anyMatch(OF_OTHERS::contains);
    }

    private static boolean isSticky(Path folder) throws IOException {
        return (number(folder, "unix:mode") & STICKY) != 0;
    }

    private static int user(Path path) throws IOException {
        return number(path, "unix:uid");
    }

    /** The id of this user as seen on a file system: some show all files as owned by the same user. */
    private static int self(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".pawl-", ".probe");
        try {
            return user(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** The id of the user of this process. */
    private static int process() throws IOException {
        Path process = Path.of("/proc/self");
        return Files.isDirectory(process)
                ? (Integer) Objects.requireNonNull(Files.getAttribute(process, "unix:uid"))
                : self(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
