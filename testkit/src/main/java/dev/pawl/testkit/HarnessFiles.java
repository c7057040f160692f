package dev.pawl.testkit;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of some folders, by the same rules as in a server but for the server's own files, which a test has none of.
 *
 * @param folders whose files a module may reach
 */
record HarnessFiles(List<Path> folders) implements TaskFiles {

    @Override
    public List<Path> roots() {
        return folders.stream().map(HarnessFiles::realOrSame).toList();
    }

    @Override
    public Path real(Path path) throws IOException {
        Path real = resolved(path.normalize());
        requireInside(path, real);
        return real;
    }

    @Override
    public Path entry(Path path) throws IOException {
        Path plain = path.normalize();
        Path folder = plain.getParent();
        Path name = plain.getFileName();
        if (folder == null || name == null) {
            throw new FileRefusedException(path, "it has no name");
        }
        Path real = resolved(folder);
        requireInside(path, real);
        return real.resolve(name);
    }

    private void requireInside(Path path, Path real) throws FileRefusedException {
        if (roots().stream().noneMatch(real::startsWith)) {
            throw new FileRefusedException(
                    path, "it lies outside the roots that the test gives by JobHarness.roots, which are " + folders);
        }
    }

    private static Path resolved(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException missing) {
            Path folder = path.getParent();
            Path name = path.getFileName();
            if (Files.isSymbolicLink(path)) {
                throw new FileRefusedException(path, "it is a link that leads nowhere");
            }
            return folder == null || name == null ? path : resolved(folder).resolve(name);
        }
    }

    private static Path realOrSame(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException missing) {
            return folder;
        }
    }
}
