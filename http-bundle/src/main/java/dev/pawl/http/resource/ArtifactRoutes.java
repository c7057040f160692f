package dev.pawl.http.resource;

import dev.pawl.http.answer.ArtifactJson;
import dev.pawl.http.file.AttachmentName;
import dev.pawl.http.file.ByteRange;
import dev.pawl.http.file.Preconditions;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.ArtifactPage;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.OpenArtifact;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The routes of the files that jobs keep. A browser saves them and runs nothing of them, whatever they hold. */
public final class ArtifactRoutes {

    private static final int LONGEST_PATH = 12_000; // a path of the system, escaped

    private static final Query LIMIT =
            Query.limit(JobArtifacts.MOST_LISTED, 1_000, "The greatest number of artifacts.");
    private static final Query AFTER =
            Query.text("after", LONGEST_PATH, "Only artifacts whose paths come after this one.");

    private static final Header TAG = new Header("ETag", "The SHA-256 of the file.");
    private static final Header CHANGED = new Header("Last-Modified", "When the server took the file over.");

    private final Services parts;

    public ArtifactRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/jobs/{id}/artifacts",
                                Role.VIEWER,
                                "The files that a job keeps, in the order of their paths.",
                                DeclaredAnswer.json(() -> ArtifactJson.PAGE, "The artifacts."),
                                this::list)
                        .query(LIMIT, AFTER),
                Route.get(
                                "/jobs/{id}/artifacts/" + Route.REST,
                                Role.VIEWER,
                                "One file that a job keeps; its path may have slashes.",
                                DeclaredAnswer.file("The file.")
                                        .with(
                                                TAG,
                                                CHANGED,
                                                new Header("Accept-Ranges", "Always bytes."),
                                                new Header(
                                                        "Content-Disposition",
                                                        "The name under which a browser saves the file."))
                                        .or(304, "The client has this version already.", TAG, CHANGED),
                                this::file)
                        .header(
                                new Header("Range", "The part of the file, such as bytes=0-99."),
                                new Header("If-Range", "The ETag of the version of which the part is wanted."),
                                new Header("If-None-Match", "The ETag of the version that the client has."),
                                new Header("If-Modified-Since", "The time of the version that the client has."))
                        .problems(
                                ProblemCode.NO_SUCH_ARTIFACT,
                                ProblemCode.ARTIFACT_FILE_LOST,
                                ProblemCode.RANGE_OUTSIDE));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        ArtifactPage page =
                parts.artifacts().get().page(call.path("id"), call.text(AFTER).orElse(""), limit);
        return Answer.json(ArtifactJson.PAGE, new ArtifactJson.Page(page, limit));
    }

    private Answer file(Call call) throws IOException {
        OpenArtifact open = parts.artifacts().get().open(call.path("id"), call.path("path"));
        try {
            Answer answer = answer(call, open);
            if (!(answer instanceof Answer.FilePart)) {
                open.close();
            }
            return answer;
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private static Answer answer(Call call, OpenArtifact open) {
        JobArtifact artifact = open.artifact();
        HttpFields asked = call.request().getHeaders();
        var version = new Preconditions("\"" + artifact.sha256() + "\"", artifact.keptAt());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", version.tag());
        headers.put("Last-Modified", version.lastModified());
        headers.put("Cache-Control", "private, no-cache");
        if (version.isKnown(asked)) {
            return new Answer.Empty(304, headers);
        }
        headers.put("Accept-Ranges", "bytes");
        headers.put("Content-Disposition", AttachmentName.header(artifact.path()));
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        Optional<ByteRange> range =
                version.allowRange(asked) ? ByteRange.of(asked.get("Range"), artifact.size()) : Optional.empty();
        if (range.isEmpty()) {
            return new Answer.FilePart(200, headers, artifact.contentType(), open.contents(), 0, artifact.size());
        }
        ByteRange part = range.get();
        if (!part.isSatisfiable()) {
            call.wire().response().getHeaders().put("Content-Range", "bytes */" + artifact.size());
            throw new ProblemException(
                    ProblemCode.RANGE_OUTSIDE,
                    "The range is " + asked.get("Range") + "; the file has " + artifact.size() + " bytes.");
        }
        headers.put(
                "Content-Range",
                "bytes " + part.from() + "-" + (part.from() + part.length() - 1) + "/" + artifact.size());
        return new Answer.FilePart(206, headers, artifact.contentType(), open.contents(), part.from(), part.length());
    }
}
