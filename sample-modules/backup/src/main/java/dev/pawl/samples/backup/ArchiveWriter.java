package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes an archive, {@code .tar.zst} with PAX headers, whose last entry is its {@link Manifest}. */
final class ArchiveWriter implements AutoCloseable {

    private static final int PIECE = 1 << 16;
    private static final int UNIT_NANOS = 100; // Commons Compress writes times to seven places

    private final TaskContext task;
    private final Problems problems;
    private final TarArchiveOutputStream tar;
    private final Path list;
    private final OutputStream manifest;
    private final LongConsumer progress;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long entries;
    private long bytes;

    /**
     * Begins an archive.
     *
     * @param archive the file to write
     * @param list a file for the manifest until it is whole
     * @param progress called with the number of bytes that were read so far
     */
    ArchiveWriter(Path archive, Path list, TaskContext task, Problems problems, LongConsumer progress)
            throws IOException {
        this.task = task;
        this.problems = problems;
        this.progress = progress;
        this.list = list;
        this.manifest = new BufferedOutputStream(new OfArchive(Files.newOutputStream(list)));
        OutputStream file =
                new OfArchive(Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        this.tar = new TarArchiveOutputStream(new ZstdOutputStream(file), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        manifest.write(Manifest.bytes(Manifest.head()));
    }

    /** Adds a file, link or folder under a name; anything else is a problem. */
    void add(Path path, String name, BasicFileAttributes attributes) throws IOException, RunException {
        if (attributes.isDirectory()) {
            other(path, new TarArchiveEntry(Manifest.DATA + name + "/"));
        } else if (attributes.isSymbolicLink()) {
            TarArchiveEntry entry = new TarArchiveEntry(Manifest.DATA + name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            other(path, entry);
        } else if (attributes.isRegularFile()) {
            file(path, new TarArchiveEntry(Manifest.DATA + name));
        } else {
            problems.add("The file " + path + " was left out: it is a device, a socket or a pipe.");
        }
    }

    private void other(Path path, TarArchiveEntry entry) throws IOException {
        setAttributes(entry, path);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        entries++;
        manifest.write(Manifest.bytes(Manifest.other(entry)));
    }

    private void file(Path path, TarArchiveEntry entry) throws IOException, RunException {
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            requireChecked(path);
            FileTime before = setAttributes(entry, path);
            entry.setSize(in.size());
            tar.putArchiveEntry(entry);
            MessageDigest digest = Manifest.sha256();
            String changed = copy(in, entry.getSize(), digest);
            tar.closeArchiveEntry();
            entries++;
            manifest.write(Manifest.bytes(Manifest.file(entry, digest)));
            if (changed.isEmpty()
                    && !Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                            .equals(before)) {
                changed = "it was changed while it was read";
            }
            if (!changed.isEmpty()) {
                problems.add(
                        "The file " + path + " is in the archive, but not as it was at one moment: " + changed + ".");
            }
        }
    }

    /** The open file must be the one that was checked; a dump lies in the job's own folder, which no root holds. */
    private void requireChecked(Path path) throws IOException {
        if (!path.startsWith(task.workDir()) && !task.files().real(path).equals(path)) {
            throw new IOException("a folder of its path became a link");
        }
    }

    /**
     * Copies as many bytes as the entry's header says, zeros if the file has fewer.
     *
     * @return what went wrong, or an empty text
     */
    private String copy(FileChannel in, long size, MessageDigest digest) throws IOException {
        String changed = "";
        long left = size;
        while (left > 0) {
            task.throwIfCancelled();
            piece.clear().limit((int) Math.min(PIECE, left));
            int read = -1;
            if (changed.isEmpty()) {
                try {
                    read = in.read(piece);
                    changed = read < 0 ? "it became shorter while it was read" : "";
                } catch (IOException e) {
                    changed = Reason.of(e);
                }
            }
            if (read < 0) {
                read = piece.limit();
                Arrays.fill(piece.array(), 0, read, (byte) 0);
            }
            tar.write(piece.array(), 0, read);
            digest.update(piece.array(), 0, read);
            left -= read;
            bytes += read;
            progress.accept(bytes);
        }
        return changed.isEmpty() && in.size() > size ? "it became longer while it was read" : changed;
    }

    /** Takes over the attributes of a file; returns the time of its last change. */
    private static FileTime setAttributes(TarArchiveEntry entry, Path path) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        FileTime changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        long nanos = changed.to(TimeUnit.NANOSECONDS);
        entry.setMode(number(unix, "mode") & 07777);
        entry.setUserId(number(unix, "uid"));
        entry.setGroupId(number(unix, "gid"));
        entry.setLastModifiedTime(FileTime.from(nanos - Math.floorMod(nanos, UNIT_NANOS), TimeUnit.NANOSECONDS));
        return changed;
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (int) Objects.requireNonNull(attributes.get(name));
    }

    /** Adds the manifest, and brings everything to the file. */
    void finish(Instant made) throws IOException {
        manifest.write(Manifest.bytes(Manifest.foot(entries, bytes)));
        manifest.flush();
        TarArchiveEntry entry = new TarArchiveEntry(Manifest.NAME);
        entry.setSize(Files.size(list));
        entry.setLastModifiedTime(FileTime.from(made));
        tar.putArchiveEntry(entry);
        Files.copy(list, tar);
        tar.closeArchiveEntry();
        close();
    }

    /** The number of entries. */
    long entries() {
        return entries;
    }

    /** The bytes of all files. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            manifest.close();
        } finally {
            tar.close();
        }
    }

    /** The stream of the archive's file or of its list. */
    private static final class OfArchive extends FilterOutputStream {

        OfArchive(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new ArchiveException(e);
            }
        }
    }
}
