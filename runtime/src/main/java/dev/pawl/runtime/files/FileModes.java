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
 * Who else on the machine may read what the server keeps, or write what it takes its code from. What belongs to this user is closed to
 * others; what others own or may write to is refused. On file systems without POSIX permissions nothing is judged.
 */
public final class FileModes {

    /** Folders of the data folder that hold no secret and may hold very much. */
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

    /**
     * Closes the data folder to others, with what is in it.
     *
     * @return whether something was open
     * @throws StartException when it belongs to another user, or its file system keeps no permissions
     */
    static boolean close(Path data) throws StartException, IOException {
        if (!hasPermissions(data)) {
            return false;
        }
        int self = self(data);
        if (user(data) != self) {
            throw new StartException("The data folder " + data + " belongs to the user "
                    + Files.getOwner(data).getName()
                    + ", who could read and change all that the server keeps there. Start the server as that user, or give"
                    + " the folder with all that is in it to this one (chown -R).");
        }
        boolean open = isOpen(data);
        close(data, self);
        if (isOpen(data)) {
            throw new StartException("Other users may read the data folder " + data
                    + ", and its file system keeps no permissions. Choose another with PAWL_DATA_DIR or --data-dir.");
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

    /** Closes a file that may lie outside the data folder; one that is not there or belongs to others is left alone. */
    public static void closeFile(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isRegularFile(file) && folder != null && hasPermissions(file) && isOpen(file)) {
            close(file, self(folder));
        }
    }

    /**
     * Refuses a folder that others may write to, by itself or by one above it.
     *
     * @param told how it is named to an operator
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
                throw refused(told, each, "may be written to by other users");
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
                return FileVisitResult.CONTINUE; // in a closed folder nobody else reaches it
            }
        });
    }

    /** Takes the rights of others from a file or folder of this user; of links nothing, since those are what they lead to. */
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
                return; // told by who looks again
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

    /** The number of this user as that file system shows it: some show all files as one user's. */
    private static int self(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".pawl-", ".probe");
        try {
            return user(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** The number of the user whose process this is. */
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
