package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.job.ArtifactPage;
import dev.pawl.service.job.JobArtifact;

/** Artifacts on the wire. */
public final class ArtifactJson {

    private static final AnswerShape<JobArtifact> ARTIFACT = AnswerShape.<JobArtifact>of(
                    "Artifact", "A file that a job keeps.")
            .field("path", TEXT, JobArtifact::path, "Its name, with / between folders.")
            .field("size", INTEGER, JobArtifact::size, "Its size in bytes.")
            .field("content_type", TEXT, JobArtifact::contentType, "Its type, by the ending of its name.")
            .field("sha256", TEXT, JobArtifact::sha256, "The SHA-256 of its contents, which is also its ETag.")
            .field("task_index", INTEGER, JobArtifact::taskIndex, "The task that left it, from 0.")
            .field("created_at", TIME, JobArtifact::keptAt, "When the server took it over, at the end of the task.");

    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("Artifacts", "Files that a job keeps.")
            .field("artifacts", listOf(ARTIFACT), page -> page.page().artifacts(), "The artifacts.")
            .field("total", INTEGER, page -> page.page().files(), "The number of all artifacts of the job.")
            .field("bytes", INTEGER, page -> page.page().bytes(), "The size of all of them together.")
            .field("limit", INTEGER, Page::limit, "The greatest number of artifacts.");

    private ArtifactJson() {}

    /**
     * A page of artifacts.
     *
     * @param page the artifacts
     * @param limit the greatest number of artifacts
     */
    public record Page(ArtifactPage page, int limit) {}
}
