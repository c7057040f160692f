package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies a file or a folder, with attributes, to a new name. Links within a folder stay links. */
final class Copying extends SimpleFileVisitor<Path> {

    private final Path source;
    private final Path target;
    private final Reach reach;
    private final Content content;
    private final boolean verified;
    private final Consumer<String> warnings;
    private final Map<Path, BasicFileAttributes> folders = new HashMap<>();

    private Copying(
            Path source, Path target, Reach reach, Content content, boolean verified, Consumer<String> warnings) {
        this.source = source;
        this.target = target;
        this.reach = reach;
        this.content = content;
        this.verified = verified;
        this.warnings = warnings;
    }

    /**
     * Copies it.
     *
     * @param verified whether each copy is compared with its source
     * @param warnings receives sentences for people
     */
    static void copy(
            Path source, Path target, Reach reach, Content content, boolean verified, Consumer<String> warnings)
            throws IOException {
        Files.walkFileTree(source, new Copying(source, target, reach, content, verified, warnings));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Path copy = copyOf(folder);
        reach.entry(copy);
        if (!reach.real(folder).equals(folder)) {
            throw new FileRefusedException(folder, "it became a link while it was copied");
        }
        Files.createDirectory(copy, Content.forTheOwnerAlone(copy, "rwx------"));
        folders.put(folder, attributes);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path copy = copyOf(file);
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
        } else if (attributes.isRegularFile()) {
            content.copy(file, copy, verified);
            Attributes.copy(file, copy, attributes, warnings);
        } else {
            throw new FileSystemException(file.toString(), null, "it is neither a file nor a folder");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        BasicFileAttributes seen = folders.remove(folder);
        if (seen != null) {
            Attributes.copy(folder, copyOf(folder), seen, warnings);
        }
        return FileVisitResult.CONTINUE;
    }

    private Path copyOf(Path path) {
        return path.equals(source) ? target : target.resolve(source.relativize(path));
    }
}
