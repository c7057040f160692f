package dev.pawl.http.resource;

import dev.pawl.http.answer.DeploymentJson;
import dev.pawl.http.answer.ModuleJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.condition.Digest;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.http.upload.Upload;
import dev.pawl.http.upload.Uploads;
import dev.pawl.service.access.Role;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.GitSource;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** The routes that install, change and remove modules. */
public final class DeployRoutes {

    private static final BodyShape SOURCE = BodyShape.of(BodyShape.required(
            "source_path",
            Kind.TEXT,
            "A jar on the server's disk, or a folder with one, directly in it or in target/; an absolute path. Or the id of a"
                    + " module that GET /modules/available lists."));

    private static final BodyShape GIT = BodyShape.of(
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

    private static final Query MODE =
            Query.choice("mode", UpdateMode.class, "move", "What happens to the module's running jobs.");
    private static final Query DRY_RUN = Query.flag("dry_run", "Only reports what would happen.");
    private static final Query DRAIN_TIMEOUT = Query.duration(
            "drain_timeout", "30s", "With mode=move: how long to wait for the jobs' checkpoints, at most 1h.");
    private static final Query SHA256 = Query.text("sha256", "The expected digest of the jar, in hexadecimal digits.");

    private static final Query CANARY = Query.integer(
            "canary", 0, 1, 0, "1 holds the version on the first of several servers until it is promoted.");

    private static final Query TO = Query.text(
            "to", "The version to roll back to, or the beginning of its digest; the previous one when not given.");
    private static final Query LIMIT = Query.limit(1_000, 100, "The greatest number of lines.");

    private static final Set<String> UPLOAD =
            Set.of(MODE.name(), DRY_RUN.name(), DRAIN_TIMEOUT.name(), SHA256.name(), CANARY.name());

    private static final DeclaredAnswer DEPLOYED =
            DeclaredAnswer.json(() -> DeploymentJson.CHANGE, "The change, or its forecast.");

    private final Services parts;
    private final Uploads uploads;
    private final RepeatableRequests repeats;

    public DeployRoutes(Services parts, Uploads uploads, RepeatableRequests repeats) {
        this.repeats = repeats;
        this.parts = parts;
        this.uploads = uploads;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                installing(Route.post(
                                "/modules",
                                Role.ADMIN,
                                "Installs or updates the bundle, or the archive of a module's folder, that is sent.",
                                DEPLOYED,
                                this::upload)
                        .query(MODE, DRY_RUN, DRAIN_TIMEOUT, SHA256, CANARY)
                        .body(
                                "application/java-archive",
                                "application/octet-stream",
                                "application/zip",
                                "application/gzip",
                                "multipart/form-data")
                        .repeated(Repetition.BY_HANDLER)),
                installing(Route.post(
                                        "/modules/install",
                                        Role.ADMIN,
                                        "Installs or updates from the server's disk.",
                                        DEPLOYED,
                                        this::install)
                                .query(MODE, DRY_RUN, DRAIN_TIMEOUT, SHA256, CANARY)
                                .body(SOURCE))
                        .problems(ProblemCode.SOURCE_UNREADABLE, ProblemCode.NO_SUCH_MODULE)
                        .repeated(Repetition.KEPT),
                installing(Route.post(
                                        "/modules/install-git",
                                        Role.ADMIN,
                                        "Installs or updates the module in a folder of a git repository.",
                                        DEPLOYED,
                                        this::installFromGit)
                                .query(MODE, DRY_RUN, DRAIN_TIMEOUT, CANARY)
                                .body(GIT))
                        .problems(ProblemCode.SOURCE_REFUSED, ProblemCode.SOURCE_FAILED, ProblemCode.SOURCE_BUSY)
                        .repeated(Repetition.KEPT),
                Route.post(
                                "/modules/sync",
                                Role.ADMIN,
                                "Installs or updates what modules.yaml in the data folder names.",
                                DeclaredAnswer.json(() -> DeploymentJson.SYNCED, "What became of each module."),
                                this::sync)
                        .query(MODE, DRY_RUN, DRAIN_TIMEOUT)
                        .problems(ProblemCode.SOURCE_BUSY),
                Route.post(
                        "/modules/reload",
                        Role.ADMIN,
                        "Scans the modules folder again.",
                        DeclaredAnswer.json(() -> ModuleJson.RELOADED, "The result of the scan."),
                        this::reload),
                Route.delete(
                                "/modules/{id}",
                                Role.ADMIN,
                                "Uninstalls the module's bundle; its jobs wait.",
                                DeclaredAnswer.json(() -> DeploymentJson.UNINSTALLED, "The removal, or its forecast."),
                                this::uninstall)
                        .query(MODE, DRY_RUN, DRAIN_TIMEOUT)
                        .problems(ProblemCode.NO_SUCH_MODULE, ProblemCode.ROLL_OUT_LIVE),
                changing(Route.post(
                                        "/modules/{id}/enable",
                                        Role.ADMIN,
                                        "Starts the module's bundle, now and after restarts; one that is available alone is installed first.",
                                        DEPLOYED,
                                        this::enable)
                                .query(DRY_RUN))
                        .problems(ProblemCode.UNTRUSTED, ProblemCode.MODULE_OWNED),
                changing(Route.post(
                                "/modules/{id}/disable",
                                Role.ADMIN,
                                "Stops the module's bundle, now and after restarts; its jobs wait.",
                                DEPLOYED,
                                this::disable)
                        .query(MODE, DRY_RUN, DRAIN_TIMEOUT)),
                changing(Route.post(
                                        "/modules/{id}/rollback",
                                        Role.ADMIN,
                                        "Rolls back to a former version.",
                                        DEPLOYED,
                                        this::rollback)
                                .query(TO, MODE, DRY_RUN, DRAIN_TIMEOUT, CANARY))
                        .problems(
                                ProblemCode.NO_FORMER_VERSION,
                                ProblemCode.NOTHING_TO_HOLD,
                                ProblemCode.NOTHING_HELD,
                                ProblemCode.UNTRUSTED,
                                ProblemCode.MODULE_OWNED)
                        .repeated(Repetition.KEPT),
                Route.post(
                                "/modules/{id}/promote",
                                Role.ADMIN,
                                "Lets a version that is held on its first server go on to the others.",
                                DeclaredAnswer.json(() -> DeploymentJson.ROLL_OUT, "The roll-out, which goes on."),
                                this::promote)
                        .problems(ProblemCode.NOTHING_HELD),
                Route.get(
                                "/modules/{id}/history",
                                Role.VIEWER,
                                "The changes made or attempted to the module's bundle, latest first.",
                                DeclaredAnswer.json(() -> DeploymentJson.HISTORY, "The history."),
                                this::history)
                        .query(LIMIT)
                        .problems(ProblemCode.NO_SUCH_MODULE));
    }

    /** Adds the problems of installing a jar. */
    private static Route installing(Route route) {
        return route.problems(
                ProblemCode.NOT_A_BUNDLE,
                ProblemCode.NO_MODULE_INSIDE,
                ProblemCode.INVALID_MANIFEST,
                ProblemCode.ENVIRONMENT_FAILED,
                ProblemCode.HASH_MISMATCH,
                ProblemCode.UNTRUSTED,
                ProblemCode.MODULE_OWNED,
                ProblemCode.UNRESOLVED,
                ProblemCode.ROLL_OUT_LIVE,
                ProblemCode.NOTHING_TO_HOLD,
                ProblemCode.ACTIVATION_FAILED);
    }

    /** Adds the problems of changing a module that is installed. */
    private static Route changing(Route route) {
        return route.problems(
                ProblemCode.NO_SUCH_MODULE,
                ProblemCode.ARTIFACT_LOST,
                ProblemCode.ROLL_OUT_LIVE,
                ProblemCode.UNRESOLVED,
                ProblemCode.ACTIVATION_FAILED);
    }

    private Answer upload(Call call) {
        InstallOptions options = options(call);
        parts.deployer().get(); // fails before a large body is received when the deployer is missing
        return new Answer.Later(uploads.receive(call, UPLOAD)
                .thenApply(upload -> install(call, upload, options))
                .thenCompose(answer -> answer instanceof Answer.Later later
                        ? later.answer()
                        : CompletableFuture.completedFuture(answer)));
    }

    /** Installs it, or gives the first answer again: an upload is the same when its jar is, whatever form brought it. */
    private Answer install(Call call, Upload upload, InstallOptions options) {
        try (upload) {
            byte[] jar = new Digest().with(upload.file()).text().getBytes(StandardCharsets.US_ASCII);
            return repeats.once(
                    call, jar, asked -> answer(parts.deployer().get().install(upload.file(), options)));
        } catch (IOException e) {
            throw new UncheckedIOException("The upload " + upload.file() + " cannot be removed.", e);
        }
    }

    private Answer install(Call call) {
        Fields body = call.fields();
        InstallOptions options = options(call);
        String source = body.text("source_path");
        Deployer deployer = parts.deployer().get();
        return answer(
                MODULE_ID.matcher(source).matches()
                        ? deployer.installAvailable(source, options)
                        : deployer.installFrom(path(source), options));
    }

    private Answer uninstall(Call call) {
        String id = call.path("id");
        Deployed gone = parts.deployer().get().uninstall(id, changeOptions(call));
        return Answer.json(DeploymentJson.UNINSTALLED, new DeploymentJson.Uninstalled(gone, id));
    }

    private Answer enable(Call call) {
        return answer(parts.deployer().get().enable(call.path("id"), enabling(call)));
    }

    private Answer disable(Call call) {
        return answer(parts.deployer().get().disable(call.path("id"), changeOptions(call)));
    }

    private Answer rollback(Call call) {
        String version = call.text(TO).orElse(null);
        return answer(parts.deployer().get().rollback(call.path("id"), version, held(call)));
    }

    private Answer promote(Call call) {
        RollOut live =
                parts.deployer().get().promote(call.path("id"), call.actor().who());
        return Answer.json(DeploymentJson.ROLL_OUT, live);
    }

    private Answer history(Call call) {
        int limit = call.integer(LIMIT);
        List<HistoryEntry> lines = parts.deployer().get().history(call.path("id"), limit);
        return Answer.json(DeploymentJson.HISTORY, new DeploymentJson.History(lines, limit));
    }

    private Answer reload(Call call) {
        FolderReport report = parts.deployer().get().reload();
        List<ModuleEntry> modules =
                parts.catalog().find().map(ModuleCatalog::modules).orElse(List.of());
        return Answer.json(ModuleJson.RELOADED, new ModuleJson.Reloaded(report, modules));
    }

    private Answer installFromGit(Call call) {
        Fields body = call.fields();
        Optional<String> path = body.optionalText("path");
        GitSource source = new GitSource(
                body.text("repo_url"),
                body.optionalText("module_name").or(() -> path).orElse(null),
                body.optionalText("ref").orElse(null));
        return answer(parts.sources().get().installFromGit(source, InstallOptions.of(held(call))));
    }

    private Answer sync(Call call) {
        return Answer.json(DeploymentJson.SYNCED, parts.sources().get().sync(changeOptions(call)));
    }

    private static Answer answer(Deployed deployed) {
        return Answer.json(DeploymentJson.CHANGE, deployed);
    }

    private static UpdateMode mode(Call call) {
        return UpdateMode.valueOf(call.text(MODE).orElseThrow().toUpperCase(Locale.ROOT));
    }

    private static InstallOptions options(Call call) {
        return new InstallOptions(held(call), call.text(SHA256).orElse(null));
    }

    private static ChangeOptions enabling(Call call) {
        ChangeOptions options = ChangeOptions.by(call.actor().who());
        return call.flag(DRY_RUN) ? options.dry() : options;
    }

    private static ChangeOptions held(Call call) {
        ChangeOptions options = changeOptions(call);
        return call.integer(CANARY) == 1 ? options.held() : options;
    }

    private static ChangeOptions changeOptions(Call call) {
        try {
            return new ChangeOptions(
                    mode(call),
                    call.duration(DRAIN_TIMEOUT),
                    call.flag(DRY_RUN),
                    call.actor().who());
        } catch (IllegalArgumentException e) { // a value outside its range: the message names both
            throw new ProblemException(ProblemCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
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
