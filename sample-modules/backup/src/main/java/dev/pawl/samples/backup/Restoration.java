package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an archive contains into a folder that is this task's own. No entry gets out of it: names with {@code ..} are refused, and
 * so are entries below a link. Long runs of zeros become holes.
 */
final class Restoration implements ArchiveReader.Receiver {

    private static final int HOLE = 4096;
    private static final Set<PosixFilePermission> WHILE_FILLED = PosixFilePermissions.fromString("rwx------");

    private record Folder(Path path, TarArchiveEntry entry) {}

    private final Path into;
    private final Deque<Folder> folders = new ArrayDeque<>();
    private @Nullable FileChannel file;
    private @Nullable Path target;

    Restoration(Path into) {
        this.into = into;
    }

    @Override
    public void begin(TarArchiveEntry entry) throws IOException, RunException {
        Path path = place(entry.getName());
        target = path;
        try {
            if (entry.isDirectory()) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(WHILE_FILLED));
                folders.push(new Folder(path, entry));
            } else if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else if (Manifest.isFile(entry)) {
                file = FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                throw new RunException("The archive has an entry " + entry.getName()
                        + " that is no file, folder or symbolic link; nothing was restored.");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The place of an entry, which is in the folder, and in folders that came before. */
    private Path place(String name) throws RunException {
        String inside = name.startsWith(Manifest.DATA) ? name.substring(Manifest.DATA.length()) : "";
        Path relative = Path.of(inside);
        boolean sound = !inside.isEmpty() && !relative.isAbsolute() && relative.getNameCount() > 0;
        for (Path part : relative) {
            sound &= !part.toString().isEmpty()
                    && !part.toString().equals(".")
                    && !part.toString().equals("..");
        }
        Path path = into.resolve(relative);
        Path parent = Objects.requireNonNull(path.getParent());
        for (Path above = parent; sound && !above.equals(into); above = Objects.requireNonNull(above.getParent())) {
            sound = Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS);
        }
        if (!sound) {
            throw new RunException("The archive has an entry \"" + name
                    + "\", which would not come to lie in the folder; nothing was restored.");
        }
        return path;
    }

    @Override
    public void content(byte[] bytes, int length) throws IOException {
        FileChannel out = Objects.requireNonNull(file);
        try {
            for (int from = 0; from < length; from += HOLE) {
                int to = Math.min(length, from + HOLE);
                if (isZero(bytes, from, to)) {
                    out.position(out.position() + to - from);
                } else {
                    ByteBuffer piece = ByteBuffer.wrap(bytes, from, to - from);
                    while (piece.hasRemaining()) {
                        out.write(piece);
                    }
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void end(TarArchiveEntry entry) throws IOException {
        Path path = Objects.requireNonNull(target);
        FileChannel written = file;
        try {
            if (written != null) {
                file = null;
                try (written) {
                    if (written.size() < entry.getSize()) { // it ends with a hole
                        written.position(entry.getSize() - 1);
                        written.write(ByteBuffer.wrap(new byte[1]));
                    }
                }
            }
            if (!entry.isDirectory()) {
                setAttributes(path, entry);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Gives the folders their attributes, the innermost first: one that may not be written to can still be filled before. */
    void finish() throws IOException {
        while (!folders.isEmpty()) {
            Folder folder = folders.pop();
            try {
                setAttributes(folder.path(), folder.entry());
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Closes the file that a failure left open. */
    void abandon() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static void setAttributes(Path path, TarArchiveEntry entry) throws IOException {
        FileTime changed = entry.getLastModifiedTime();
        if (!entry.isSymbolicLink()) {
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(changed, null, null);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's reading to executing by others
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    private DestinationException failed(IOException e) {
        return new DestinationException(target + " could not be restored: " + Reason.of(e), e);
    }
}
