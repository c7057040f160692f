package dev.pawl.deploy.folder;

import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.deploy.folder.FolderSnapshot.Identity;
import dev.pawl.deploy.pack.ModuleSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** The subfolders of the modules folder that are modules themselves: those with a {@code module.json}. */
final class ModuleFolders {

    private ModuleFolders() {}

    /** Whether a path is one. */
    static boolean isOne(Path path) {
        Path name = path.getFileName();
        return !SourceFolder.isJar(name) && !name.toString().startsWith(".") && ModuleSource.isModule(path);
    }

    /** All of them, in the order of their names. */
    static List<Path> in(Path folder) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (isOne(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found; // the jars beside them are read next, which says what is wrong
        }
        found.sort(null);
        return found;
    }

    /** The identity of all its files together, as far as it shows that one was added, changed or removed. */
    static Identity identity(Path folder) throws IOException {
        Tree tree = new Tree();
        Files.walkFileTree(folder, tree);
        return new Identity(tree.names, tree.size, FileTime.fromMillis(tree.newest));
    }

    private static final class Tree extends SimpleFileVisitor<Path> {

        private long names;
        private long size;
        private long newest;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            names = names * 31 + file.hashCode() + attributes.lastModifiedTime().hashCode();
            size += attributes.size();
            newest = Math.max(newest, attributes.lastModifiedTime().toMillis());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.getFileName().toString().equals("__pycache__")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }
    }
}
