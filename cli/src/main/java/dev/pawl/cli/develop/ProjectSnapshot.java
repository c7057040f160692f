package dev.pawl.cli.develop;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a project's files at one time. Two of them tell what was changed, whoever changed it and by whatever means: an editor that
 * renames a new file over the old one leaves another file of the same name.
 *
 * @param stamps the state of each file
 * @param folders the folders that files were looked for in
 */
record ProjectSnapshot(Map<Path, Stamp> stamps, List<Path> folders) {

    private static final int DEEPEST = 100;

    /** Files that editors make for themselves. */
    private static final Pattern OF_EDITORS =
            Pattern.compile("\\..*|.*~|#.*#|.*\\.(?:swp|swx|swo|tmp|bak|orig)|.*___jb_(?:tmp|old)___|4913");

    /**
     * The state of a file.
     *
     * @param key what distinguishes it from another file of the same name; null where there is nothing
     */
    record Stamp(Instant modified, long size, @Nullable Object key) {}

    static ProjectSnapshot of(ProjectFile project) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        List<Path> folders = new ArrayList<>(List.of(project.folder()));
        for (Path file : project.descriptions()) {
            if (Files.isRegularFile(file)) {
                put(stamps, file);
            }
        }
        Path mvn = project.folder().resolve(".mvn");
        if (Files.isDirectory(mvn)) {
            folders.add(mvn);
        }
        if (Files.isDirectory(project.main())) {
            walk(project.main(), stamps, folders);
        }
        return new ProjectSnapshot(stamps, folders);
    }

    private static void put(Map<Path, Stamp> stamps, Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.put(file, stamp(found));
        } catch (IOException e) {
            stamps.remove(file); // it went in the meantime
        }
    }

    private static Stamp stamp(BasicFileAttributes file) {
        return new Stamp(file.lastModifiedTime().toInstant(), file.size(), file.fileKey());
    }

    private static void walk(Path root, Map<Path, Stamp> stamps, List<Path> folders) throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                folders.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && counts(file)) {
                    stamps.put(file, stamp(attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // it went in the meantime, or is a link to a folder above
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether a file is packed or compiled. */
    static boolean counts(Path file) {
        return !OF_EDITORS.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** The files in a folder, in the order of their names. */
    List<Path> in(Path folder) {
        return stamps.keySet().stream()
                .filter(file -> file.startsWith(folder))
                .sorted()
                .toList();
    }

    /** The files that are not as they were. */
    Set<Path> changedSince(ProjectSnapshot former) {
        Set<Path> changed = new TreeSet<>();
        Stream.concat(stamps.keySet().stream(), former.stamps.keySet().stream())
                .filter(file -> !Objects.equals(stamps.get(file), former.stamps.get(file)))
                .forEach(changed::add);
        return changed;
    }

    /** When the latest of these files was written; none when all are gone. */
    Optional<Instant> latest(Set<Path> files) {
        return files.stream()
                .flatMap(file -> Optional.ofNullable(stamps.get(file)).stream())
                .map(Stamp::modified)
                .max(Instant::compareTo);
    }
}
