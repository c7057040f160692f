package dev.pawl.scheduler.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's own places at one moment, by their real paths. A folder that is mounted twice, and a file with a second name, are
 * recognized by their keys in the file system.
 */
final class Reserved {

    /** Folders of the data folder that hold no secret and may hold very much. */
    private static final Set<String> LARGE = Set.of("work", "cache", "tmp");

    private final List<Path> real;
    private final Path database;
    private final Set<Object> keys = new HashSet<>();

    Reserved(List<Path> real, Path database) {
        this.real = real;
        this.database = database;
        for (Path each : real) {
            Object key = key(each);
            if (key != null) {
                keys.add(key);
            }
        }
    }

    /** Whether a real path is a reserved place, or lies in one. */
    boolean covers(Path path) {
        for (Path each = path; each != null; each = each.getParent()) {
            Object key = key(each);
            if (real.contains(each) || (key != null && keys.contains(key))) {
                return true;
            }
        }
        return isOfDatabase(path) || isSecondNameOfOurs(path);
    }

    /** Whether a reserved place lies in a folder. */
    boolean liesBeneath(Path folder) {
        return database.startsWith(folder) || real.stream().anyMatch(each -> each.startsWith(folder));
    }

    /** Whether the path is the database, or a file that SQLite and the upkeep keep beside it under a longer name. */
    private boolean isOfDatabase(Path path) {
        Path name = path.getFileName();
        return name != null
                && path.getParent() != null
                && path.getParent().equals(database.getParent())
                && name.toString().startsWith(String.valueOf(database.getFileName()));
    }

    private boolean isSecondNameOfOurs(Path path) {
        Object key = key(path);
        if (key == null || !hasSeveralNames(path)) {
            return false;
        }
        if (key.equals(key(database))) {
            return true;
        }
        return real.stream()
                .filter(each -> !each.startsWith("/proc") && !each.startsWith("/sys") && !each.startsWith("/dev"))
                .anyMatch(folder -> holds(folder, key));
    }

    private static boolean hasSeveralNames(Path path) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                    && names > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notTold) {
            return false;
        }
    }

    private static boolean holds(Path folder, Object key) {
        boolean[] found = new boolean[1];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    boolean large =
                            folder.equals(each.getParent()) && LARGE.contains(String.valueOf(each.getFileName()));
                    return large ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found[0] |= key.equals(attributes.fileKey());
                    return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException notRead) {
            return true; // a file with a second name that may be ours is not handed out
        }
        return found[0];
    }

    private static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException notThere) {
            return null;
        }
    }
}
