package dev.pawl.testkit.fake;

import dev.pawl.service.job.ArtifactPage;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.OpenArtifact;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Artifacts whose files a test has made. */
public final class FakeArtifacts implements JobArtifacts {

    /** The digest of every artifact. */
    public static final String SHA256 = "0123456789abcdef".repeat(4);

    private final Map<String, Map<String, JobArtifact>> jobs = new ConcurrentHashMap<>();

    /** Makes a file an artifact of a job. */
    public void put(UUID job, String path, String type, Path file) {
        try {
            jobs.computeIfAbsent(job.toString(), id -> new ConcurrentSkipListMap<>())
                    .put(path, new JobArtifact(path, file.toString(), Files.size(file), type, SHA256, 0, Jobs.CREATED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ArtifactPage page(String job, String after, int limit) {
        List<JobArtifact> all = List.copyOf(of(job).values());
        return new ArtifactPage(
                all.stream()
                        .filter(artifact -> artifact.path().compareTo(after) > 0)
                        .limit(limit)
                        .toList(),
                all.size(),
                all.stream().mapToLong(JobArtifact::size).sum());
    }

    @Override
    public OpenArtifact open(String job, String path) {
        JobArtifact artifact = of(job).get(path);
        if (artifact == null) {
            throw new ProblemException(ProblemCode.NO_SUCH_ARTIFACT, "There is no artifact " + path + ".");
        }
        try {
            return new OpenArtifact(artifact, FileChannel.open(Path.of(artifact.file())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, JobArtifact> of(String job) {
        return jobs.getOrDefault(job, Map.of());
    }
}
