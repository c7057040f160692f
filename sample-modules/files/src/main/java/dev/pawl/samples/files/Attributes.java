package dev.pawl.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.function.Consumer;

/**
 * Copies the attributes of a file or folder as far as the target's file system and the server's rights allow: permissions, times, owner,
 * group and extended attributes.
 */
final class Attributes {

    private Attributes() {}

    /**
     * Copies them.
     *
     * @param seen the source's attributes before its content was read, whose times the copy gets
     * @param warnings receives a sentence for permissions or times that could not be kept
     */
    static void copy(Path from, Path to, BasicFileAttributes seen, Consumer<String> warnings) throws IOException {
        copyExtended(from, to);
        PosixFileAttributeView posix = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (posix != null) {
            PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
            copyOwner(attributes, posix);
            try {
                posix.setPermissions(attributes.permissions());
            } catch (IOException notSupported) { // as on FAT, or on a share that maps all users to one
                warnings.accept(
                        "The permissions of " + from + " could not be kept: " + notSupported.getMessage() + ".");
            }
        }
        try {
            Files.getFileAttributeView(to, BasicFileAttributeView.class)
                    .setTimes(seen.lastModifiedTime(), seen.lastAccessTime(), seen.creationTime());
        } catch (IOException notSupported) {
            warnings.accept("The times of " + from + " could not be kept: " + notSupported.getMessage() + ".");
        }
    }

    /** Copies the owner, which only root can do; any other user owns the copies that it makes. */
    private static void copyOwner(PosixFileAttributes from, PosixFileAttributeView to) {
        try {
            to.setGroup(from.group());
            to.setOwner(from.owner());
        } catch (IOException notAllowed) {
            // as with `cp -p`: the copy is valid, but owned by this user
        }
    }

    private static void copyExtended(Path from, Path to) {
        UserDefinedFileAttributeView source = Files.getFileAttributeView(from, UserDefinedFileAttributeView.class);
        UserDefinedFileAttributeView target = Files.getFileAttributeView(to, UserDefinedFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        try {
            for (String name : source.list()) {
                ByteBuffer value = ByteBuffer.allocate(source.size(name));
                source.read(name, value);
                target.write(name, value.flip());
            }
        } catch (IOException notKept) {
            // the target's file system does not support them
        }
    }
}
