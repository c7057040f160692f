package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.GitSource;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bodies that say where a module comes from. */
final class SourceBody {

    static final BodyShape PLACE = BodyShape.of(BodyShape.required(
            "source_path",
            Kind.TEXT,
            "A jar on the server's disk, or a folder with one, directly in it or in target/; an absolute path. Or the id of a"
                    + " module that GET /modules/available lists."));

    static final BodyShape GIT = BodyShape.of(
            BodyShape.required(
                    "repo_url",
                    Kind.TEXT,
                    "https://host/path, ssh://user@host/path or user@host:path, of a host in PAWL_MODULE_HOSTS."),
            BodyShape.optional(
                    "module_name",
                    Kind.TEXT,
                    "The module's folder in the repository; the repository itself otherwise."),
            BodyShape.optional("path", Kind.TEXT, "The same as module_name."),
            BodyShape.optional("ref", Kind.TEXT, "A branch, a tag or a commit; the default branch otherwise."));

    private static final Pattern MODULE_ID = Pattern.compile("[a-z][a-z0-9_-]*");

    private SourceBody() {}

    /** Installs what is at a place on the server's disk, or a module that is available. */
    static Deployed install(Fields body, Deployer deployer, InstallOptions options) {
        String source = body.text("source_path");
        return MODULE_ID.matcher(source).matches()
                ? deployer.installAvailable(source, options)
                : deployer.installFrom(path(source), options);
    }

    /** The place in a repository that a body names. */
    static GitSource git(Fields body) {
        Optional<String> path = body.optionalText("path");
        return new GitSource(
                body.text("repo_url"),
                body.optionalText("module_name").or(() -> path).orElse(null),
                body.optionalText("ref").orElse(null));
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "source_path is \"" + text + "\"; it takes an absolute path, since the server's working "
                            + "directory is another one.");
        } catch (InvalidPathException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "source_path is not a valid path: " + String.valueOf(e.getMessage()), e);
        }
    }
}
