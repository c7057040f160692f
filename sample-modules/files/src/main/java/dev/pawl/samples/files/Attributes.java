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

/**
 * Copies the attributes of a file or folder: permissions, times and, when the system allows it, owner, group and extended attributes.
 */
final class Attributes {

    private Attributes() {}

    static void copy(Path from, Path to) throws IOException {
        copyExtended(from, to);
        PosixFileAttributeView posix = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (posix != null) {
            PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
            copyOwner(attributes, posix);
            posix.setPermissions(attributes.permissions());
        }
        BasicFileAttributes times = Files.readAttributes(from, BasicFileAttributes.class);
        Files.getFileAttributeView(to, BasicFileAttributeView.class)
                .setTimes(times.lastModifiedTime(), times.lastAccessTime(), times.creationTime());
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
