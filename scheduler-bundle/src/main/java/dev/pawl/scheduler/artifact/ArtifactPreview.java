package dev.pawl.scheduler.artifact;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The artifacts that a task would leave if it ended now; nothing is taken over. */
public final class ArtifactPreview {

    private ArtifactPreview() {}

    /** The artifacts in a work folder, in the order of their paths. Each has the path of its file as {@link JobArtifact#file()}. */
    public static List<JobArtifact> of(Path workDir, int task, Instant now) throws IOException {
        Path folder = workDir.resolve(ArtifactKeeper.FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        FileIntake intake = new FileIntake(() -> false);
        List<JobArtifact> artifacts = new ArrayList<>();
        for (ArtifactSurvey.Found each : ArtifactSurvey.of(folder, JobArtifacts.MOST_FILES, new LeftOut())) {
            FileIntake.Taken contents = intake.look(each.file());
            artifacts.add(new JobArtifact(
                    each.name(),
                    each.file().toString(),
                    contents.size(),
                    ContentTypes.of(each.name()),
                    contents.sha256(),
                    task,
                    now));
        }
        artifacts.sort(Comparator.comparing(JobArtifact::path));
        return artifacts;
    }
}
