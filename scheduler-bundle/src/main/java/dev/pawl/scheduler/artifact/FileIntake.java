package dev.pawl.scheduler.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes over single files: each gets a second name that its task does not know, and is read once, for its digest. What is read is what has
 * that second name, so a file that is replaced meanwhile, by a link or anything else, does no harm. A file that has further names already
 * could be changed by them, and is copied; so is every file where the disk has no second names.
 */
final class FileIntake {

    private static final int BUFFER = 256 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final BooleanSupplier giveUp;

    /**
     * The contents of a file that was taken over.
     *
     * @param size its size in bytes
     * @param sha256 its digest
     */
    record Taken(long size, String sha256) {}

    /** @param giveUp whether to take over nothing more */
    FileIntake(BooleanSupplier giveUp) {
        this.giveUp = giveUp;
    }

    /** Gives a file the second name, durably; empty when it is no regular file any more. */
    Optional<Taken> take(Path file, Path second) throws IOException, GivenUpException {
        boolean linked = link(file, second);
        BasicFileAttributes attributes =
                Files.readAttributes(linked ? second : file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            Files.deleteIfExists(second);
            return Optional.empty();
        }
        return Optional.of(linked ? read(second) : copy(file, second));
    }

    /** Reads a file without giving it a second name. */
    Taken look(Path file) throws IOException {
        try {
            return read(file);
        } catch (GivenUpException e) {
            throw new IOException("it was given up", e);
        }
    }

    private static boolean link(Path file, Path second) {
        try {
            Object names = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
            if (!Integer.valueOf(1).equals(names)) {
                return false;
            }
            Files.createLink(second, file);
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // the copy fails with the reason if there is one
        }
    }

    private Taken read(Path file) throws IOException, GivenUpException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Taken taken = transfer(in, null);
            in.force(true);
            return taken;
        }
    }

    private Taken copy(Path file, Path second) throws IOException, GivenUpException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel out =
                        FileChannel.open(second, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW))) {
            Taken taken = transfer(in, out);
            out.force(true);
            return taken;
        }
    }

    private Taken transfer(FileChannel in, @Nullable FileChannel out) throws IOException, GivenUpException {
        MessageDigest digest = sha256();
        long size = 0;
        while (in.read(buffer.clear()) >= 0) {
            if (giveUp.getAsBoolean()) {
                throw new GivenUpException();
            }
            buffer.flip();
            size += buffer.remaining();
            digest.update(buffer);
            buffer.flip();
            while (out != null && buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
        return new Taken(size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
