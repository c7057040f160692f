package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Copies the content of files, and forces it to disk. Calls {@code progress} after each piece, which may throw to end it: the pieces are
 * small, and the disk never has much to write at once, so that a stop does not wait for a large file.
 */
final class Content {

    private static final int PIECE_BYTES = 256 << 10;
    private static final long MOST_UNWRITTEN_BYTES = 32L << 20;
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Reach reach;
    private final LongConsumer progress;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);

    /**
     * Prepares for any number of files.
     *
     * @param progress receives the number of bytes of each piece that was copied or read again
     */
    Content(Reach reach, LongConsumer progress) {
        this.reach = reach;
        this.progress = progress;
    }

    /**
     * Copies a file to a new one, which only its owner can open.
     *
     * @param verified whether the copy is read again and compared with what was read from the source
     */
    void copy(Path file, Path copy, boolean verified) throws IOException {
        reach.entry(copy);
        long sum;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel out = FileChannel.open(copy, NEW_FILE, forTheOwnerAlone(copy, "rw-------"))) {
            if (!reach.real(file).equals(file)
                    || !reach.real(copy).equals(copy)) { // the open file must be the one that was checked
                throw new FileRefusedException(file, "a folder of its path became a link while it was copied");
            }
            sum = copy(in, out);
            out.force(true); // the source may be deleted next
        }
        if (verified) {
            verify(copy, sum);
        }
    }

    private long copy(FileChannel in, FileChannel out) throws IOException {
        CRC32C sum = new CRC32C();
        long unwritten = 0;
        progress.accept(0); // an empty file is a place to stop too
        while (in.read(piece.clear()) >= 0) {
            int bytes = piece.flip().remaining();
            sum.update(piece.duplicate());
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            unwritten += bytes;
            if (unwritten >= MOST_UNWRITTEN_BYTES) {
                out.force(false);
                unwritten = 0;
            }
            progress.accept(bytes);
        }
        return sum.getValue();
    }

    private void verify(Path copy, long expected) throws IOException {
        CRC32C sum = new CRC32C();
        try (FileChannel in = FileChannel.open(copy, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (in.read(piece.clear()) >= 0) {
                int bytes = piece.flip().remaining();
                sum.update(piece);
                progress.accept(bytes);
            }
        }
        if (sum.getValue() != expected) {
            throw new FileSystemException(
                    copy.toString(), null, "its content differs from its source's after it was copied; check the disk");
        }
    }

    /** Creates a file or folder that is accessible only by its owner, until it has the permissions of its source. */
    static FileAttribute<?>[] forTheOwnerAlone(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
