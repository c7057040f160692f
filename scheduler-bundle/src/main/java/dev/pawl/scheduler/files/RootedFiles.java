package dev.pawl.scheduler.files;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in some roots. Every rule is about real paths, to which names lead, and not about the names. */
final class RootedFiles implements TaskFiles {

    private final String module;
    private final List<Path> roots;
    private final Reserved reserved;
    private final DeclaredOutputs outputs;
    private final int task;

    RootedFiles(String module, List<Path> named, Reserved reserved, DeclaredOutputs outputs, int task) {
        this.module = module;
        this.reserved = reserved;
        this.outputs = outputs;
        this.task = task;
        this.roots = named.stream().flatMap(RootedFiles::there).toList();
    }

    @Override
    public List<Path> roots() {
        return roots;
    }

    @Override
    public Path real(Path path) throws IOException {
        Path real = resolved(path, absolute(path));
        requireInside(path, real);
        requireForeign(path, real);
        return real;
    }

    @Override
    public Path entry(Path path) throws IOException {
        Path plain = absolute(path);
        Path folder = plain.getParent();
        Path name = plain.getFileName();
        if (folder == null || name == null) {
            throw new FileRefusedException(path, "it is a whole file system");
        }
        Path real = resolved(path, folder);
        requireInside(path, real);
        Path entry = real.resolve(name);
        requireForeign(path, entry);
        if (reserved.liesBeneath(entry)) {
            throw new FileRefusedException(
                    path, "it holds a folder or file of the server itself, which no task reaches");
        }
        return entry;
    }

    @Override
    public Path declareOutput(Path path) throws IOException {
        Path entry = entry(path);
        outputs.add(task, entry);
        return entry;
    }

    @Override
    public boolean isDeclaredOutput(Path path) throws IOException {
        return !roots.contains(resolved(path, absolute(path))) && outputs.areBefore(task, entry(path));
    }

    private static Stream<Path> there(Path root) {
        try {
            return Stream.of(root.toRealPath());
        } catch (IOException notThere) {
            return Stream.empty(); // a disk that is not mounted: nothing lies in it
        }
    }

    private static Path absolute(Path path) throws FileRefusedException {
        if (!path.isAbsolute()) {
            throw new FileRefusedException(path, "it is no absolute path");
        }
        return path.normalize();
    }

    /** Follows the links as far as the path exists, and keeps the names after that. */
    private static Path resolved(Path asked, Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException missing) {
            if (Files.isSymbolicLink(path)) { // writing through it would create a file at an unchecked place
                throw new FileRefusedException(asked, "it is, or lies behind, a link that leads nowhere");
            }
            Path folder = path.getParent();
            Path name = path.getFileName();
            return folder == null || name == null
                    ? path
                    : resolved(asked, folder).resolve(name);
        }
    }

    private void requireInside(Path path, Path real) throws FileRefusedException {
        if (roots.stream().noneMatch(real::startsWith)) {
            String where = roots.isEmpty()
                    ? "module " + module + " has no roots, so it may reach no file"
                    : "it leads outside the roots of module " + module + ", which are " + roots;
            throw new FileRefusedException(
                    path,
                    where + "; an admin names the folders it may reach by PAWL_FILE_ROOTS, or by its setting "
                            + FileRoots.SETTING);
        }
    }

    private void requireForeign(Path path, Path real) throws FileRefusedException {
        if (reserved.covers(real)) {
            throw new FileRefusedException(
                    path, "it leads to a folder or file of the server itself, which no task reaches");
        }
    }
}
