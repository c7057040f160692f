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
 * A snapshot of the jars in a folder and of the modules that are folders in it, and of the folder's identity: its path may later lead to another folder, when a link is changed or a
 * folder is replaced, and so may each jar that is a link.
 *
 * @param folder the identity of the folder
 * @param jars the identity of each file with the name of a jar, following links, by its name in the folder
 */
record FolderSnapshot(Object folder, Map<Path, Identity> jars) {

    /** The identity for a broken link. */
    private static final Identity NOWHERE = new Identity("nowhere", 0, FileTime.fromMillis(0));

    FolderSnapshot {
        jars = Map.copyOf(jars);
    }

    /** The attributes that distinguish files, and versions of a file's content. */
    record Identity(Object key, long size, FileTime modified) {}

    /** Takes a snapshot; null when the folder does not exist. */
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
            for (Path module : ModuleFolders.in(folder)) {
                jars.put(module, ModuleFolders.identity(module));
            }
        } catch (NoSuchFileException goneInBetween) {
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new FolderSnapshot(key, jars);
    }

    /** The identity of the folder to which the path leads now; null when it does not exist. */
    static @Nullable Object key(Path folder) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
            return attributes.isDirectory() ? identity(attributes).key() : null;
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** The identity of the file to which the path leads now; null when it does not exist. */
    static @Nullable Identity identity(Path file) {
        try {
            return ModuleFolders.isOne(file)
                    ? ModuleFolders.identity(file)
                    : identity(Files.readAttributes(file, BasicFileAttributes.class));
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
