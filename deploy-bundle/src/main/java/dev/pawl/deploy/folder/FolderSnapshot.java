package dev.pawl.deploy.folder;

import dev.pawl.deploy.artifact.SourceFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jars that a folder's path leads to at one moment, and which folder that is: a path may come to lead elsewhere, by a link that is
 * turned or a folder that is put in the place of another, and so may each jar that is a link.
 *
 * @param folder the identity of the folder
 * @param jars the identity of each file whose name is a jar's, through links, by its name in the folder
 */
record FolderSnapshot(Object folder, Map<Path, Identity> jars) {

    /** The identity of a file whose link leads nowhere. */
    private static final Identity NOWHERE = new Identity("nowhere", 0, FileTime.fromMillis(0));

    FolderSnapshot {
        jars = Map.copyOf(jars);
    }

    /** The marks that tell one file from another, and one content from the next. */
    record Identity(Object key, long size, FileTime modified) {}

    /** Looks at the folder; null when there is none. */
    static @Nullable FolderSnapshot of(Path folder) throws IOException {
        Object key = key(folder);
        if (key == null) {
            return null;
        }
        Map<Path, Identity> jars = new HashMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> SourceFolder.isJar(file.getFileName()))) {
            for (Path file : files) {
                Identity identity = identity(file);
                if (identity != null) {
                    jars.put(file, identity);
                }
            }
        } catch (NoSuchFileException goneInBetween) {
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new FolderSnapshot(key, jars);
    }

    /** The identity of the folder that the path leads to now; null when it leads to none. */
    static @Nullable Object key(Path folder) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
            return attributes.isDirectory() ? identity(attributes).key() : null;
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** The identity of the file that the path leads to now; null when there is none. */
    static @Nullable Identity identity(Path file) {
        try {
            return identity(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException leadsNowhere) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? NOWHERE : null;
        }
    }

    private static Identity identity(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new Identity(
                key == null ? attributes.creationTime() : key, attributes.size(), attributes.lastModifiedTime());
    }
}
