package dev.pawl.http.resource;

import dev.pawl.http.answer.DeploymentJson;
import dev.pawl.http.answer.ModuleJson;
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
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.GitSource;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The routes that install, change and remove modules. */
public final class DeployRoutes {

    private static final Query TO = Query.text(
            "to", "The version to roll back to, or the beginning of its digest; the previous one when not given.");
    private static final Query LIMIT = Query.limit(1_000, 100, "The greatest number of lines.");

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
                        .query(
                                DeployQuery.MODE,
                                DeployQuery.DRY_RUN,
                                DeployQuery.DRAIN_TIMEOUT,
                                DeployQuery.SHA256,
                                DeployQuery.CANARY)
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
                                .query(
                                        DeployQuery.MODE,
                                        DeployQuery.DRY_RUN,
                                        DeployQuery.DRAIN_TIMEOUT,
                                        DeployQuery.SHA256,
                                        DeployQuery.CANARY)
                                .body(SourceBody.PLACE))
                        .problems(ProblemCode.SOURCE_UNREADABLE, ProblemCode.NO_SUCH_MODULE)
                        .repeated(Repetition.KEPT),
                installing(Route.post(
                                        "/modules/install-git",
                                        Role.ADMIN,
                                        "Installs or updates the module in a folder of a git repository.",
                                        DEPLOYED,
                                        this::installFromGit)
                                .query(
                                        DeployQuery.MODE,
                                        DeployQuery.DRY_RUN,
                                        DeployQuery.DRAIN_TIMEOUT,
                                        DeployQuery.CANARY)
                                .body(SourceBody.GIT))
                        .problems(ProblemCode.SOURCE_REFUSED, ProblemCode.SOURCE_FAILED, ProblemCode.SOURCE_BUSY)
                        .repeated(Repetition.KEPT),
                Route.post(
                                "/modules/sync",
                                Role.ADMIN,
                                "Installs or updates what modules.yaml in the data folder names.",
                                DeclaredAnswer.json(() -> DeploymentJson.SYNCED, "What became of each module."),
                                this::sync)
                        .query(DeployQuery.MODE, DeployQuery.DRY_RUN, DeployQuery.DRAIN_TIMEOUT)
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
                        .query(DeployQuery.MODE, DeployQuery.DRY_RUN, DeployQuery.DRAIN_TIMEOUT)
                        .problems(ProblemCode.NO_SUCH_MODULE, ProblemCode.ROLL_OUT_LIVE),
                changing(Route.post(
                                        "/modules/{id}/enable",
                                        Role.ADMIN,
                                        "Starts the module's bundle, now and after restarts; one that is available alone is installed first.",
                                        DEPLOYED,
                                        this::enable)
                                .query(DeployQuery.DRY_RUN))
                        .problems(ProblemCode.UNTRUSTED, ProblemCode.MODULE_OWNED),
                changing(Route.post(
                                "/modules/{id}/disable",
                                Role.ADMIN,
                                "Stops the module's bundle, now and after restarts; its jobs wait.",
                                DEPLOYED,
                                this::disable)
                        .query(DeployQuery.MODE, DeployQuery.DRY_RUN, DeployQuery.DRAIN_TIMEOUT)),
                changing(Route.post(
                                        "/modules/{id}/rollback",
                                        Role.ADMIN,
                                        "Rolls back to a former version.",
                                        DEPLOYED,
                                        this::rollback)
                                .query(
                                        TO,
                                        DeployQuery.MODE,
                                        DeployQuery.DRY_RUN,
                                        DeployQuery.DRAIN_TIMEOUT,
                                        DeployQuery.CANARY))
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
        InstallOptions options = DeployQuery.installing(call);
        parts.deployer().get(); // fails before a large body is received when the deployer is missing
        return new Answer.Later(uploads.receive(call, DeployQuery.OF_UPLOADS)
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
        InstallOptions options = DeployQuery.installing(call);
        Deployer deployer = parts.deployer().get();
        return answer(SourceBody.install(call.fields(), deployer, options));
    }

    private Answer uninstall(Call call) {
        String id = call.path("id");
        Deployed gone = parts.deployer().get().uninstall(id, DeployQuery.changing(call));
        return Answer.json(DeploymentJson.UNINSTALLED, new DeploymentJson.Uninstalled(gone, id));
    }

    private Answer enable(Call call) {
        return answer(parts.deployer().get().enable(call.path("id"), DeployQuery.enabling(call)));
    }

    private Answer disable(Call call) {
        return answer(parts.deployer().get().disable(call.path("id"), DeployQuery.changing(call)));
    }

    private Answer rollback(Call call) {
        String version = call.text(TO).orElse(null);
        return answer(parts.deployer().get().rollback(call.path("id"), version, DeployQuery.holding(call)));
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
        GitSource source = SourceBody.git(call.fields());
        return answer(parts.sources().get().installFromGit(source, InstallOptions.of(DeployQuery.holding(call))));
    }

    private Answer sync(Call call) {
        return Answer.json(DeploymentJson.SYNCED, parts.sources().get().sync(DeployQuery.changing(call)));
    }

    private static Answer answer(Deployed deployed) {
        return Answer.json(DeploymentJson.CHANGE, deployed);
    }
}
