package dev.pawl.scheduler.artifact;

import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.problem.IoReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The regular files in a folder and its sub-folders, up to a number. Links are not followed, and only their names are looked at. */
final class ArtifactSurvey extends SimpleFileVisitor<Path> {

    /** The number of files and folders after which it ends, however many there are. */
    private static final int MOST_VISITED = 200_000;

    /**
     * A file that was found.
     *
     * @param file its place
     * @param name its name as an artifact
     * @param size its size
     */
    record Found(Path file, String name, long size) {}

    private final Path folder;
    private final Path realFolder;
    private final int most;
    private final LeftOut leftOut;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long tooMany;
    private int visited;

    private ArtifactSurvey(Path folder, Path realFolder, int most, LeftOut leftOut) {
        this.folder = folder;
        this.realFolder = realFolder;
        this.most = most;
        this.leftOut = leftOut;
    }

    /** Looks through a folder, which is none itself when it is a link. */
    static List<Found> of(Path folder, int most, LeftOut leftOut) throws IOException {
        ArtifactSurvey survey = new ArtifactSurvey(folder, folder.toRealPath(), most, leftOut);
        Files.walkFileTree(folder, survey);
        if (survey.tooMany > 0) {
            boolean all = survey.visited < MOST_VISITED;
            leftOut.add(
                    "folder",
                    (all ? "" : "at least ") + survey.tooMany + " files are beyond the " + JobArtifacts.MOST_FILES
                            + " that a job keeps; pack them into an archive");
        }
        return survey.found;
    }

    /** A folder that was replaced by a link meanwhile leads elsewhere. */
    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
        if (++visited >= MOST_VISITED) {
            return FileVisitResult.TERMINATE;
        }
        if (dir.toRealPath().equals(realFolder.resolve(folder.relativize(dir)).normalize())) {
            return FileVisitResult.CONTINUE;
        }
        leftOut.add(ArtifactName.of(folder, dir), "it leads out of the folder");
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            leftOut.add(ArtifactName.of(folder, file), attributes.isSymbolicLink() ? "it is a link" : "it is no file");
        } else if (found.size() >= most) {
            tooMany++;
        } else {
            add(file, attributes.size());
        }
        return ++visited >= MOST_VISITED ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private void add(Path file, long size) {
        String name = ArtifactName.of(folder, file);
        if (names.add(name)) {
            found.add(new Found(file, name, size));
        } else {
            leftOut.add(name, "another file has that name, as far as it is UTF-8");
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        leftOut.add(ArtifactName.of(folder, file), IoReason.of(problem));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException problem) {
        if (problem != null) {
            leftOut.add(ArtifactName.of(folder, dir), IoReason.of(problem));
        }
        return FileVisitResult.CONTINUE;
    }
}
