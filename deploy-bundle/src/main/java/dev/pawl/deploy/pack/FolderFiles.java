package dev.pawl.deploy.pack;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The files of a folder. Links are refused: they may lead out of it, and what they lead to changes without it. */
final class FolderFiles implements FileSet {

    private static final int MOST = 20_000;

    private final Path folder;
    private final NavigableSet<String> names = new TreeSet<>();

    FolderFiles(Path folder) throws IOException {
        this.folder = folder;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                return inner.equals(folder) || FileSet.isWanted(String.valueOf(inner.getFileName()))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = folder.relativize(file).toString();
                if (FileSet.isWanted(name)) {
                    add(name, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void add(String name, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            throw new ProblemException(
                    ProblemCode.INVALID_MANIFEST,
                    "The folder " + folder + " contains " + name
                            + ", which is a link, pipe or device; a module consists of" + " files.");
        }
        if (names.size() == MOST) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The folder " + folder + " contains more than " + MOST + " files.");
        }
        names.add(name);
    }

    @Override
    public NavigableSet<String> names() {
        return names;
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
