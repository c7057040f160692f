package dev.pawl.http.resource;

import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.answer.ModuleJson;
import dev.pawl.http.answer.ModuleJson.OnServer;
import dev.pawl.http.condition.ChangeCondition;
import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Role;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The routes of the installed modules and their settings. */
public final class ModuleRoutes {

    private static final Header KNOWN = new Header("If-None-Match", "The ETag of the version that the client has.");
    private static final Header CONDITION = new Header("If-Match", "The ETag of the version that the change is for.");

    private final Services parts;

    public ModuleRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/modules",
                        Role.VIEWER,
                        "The installed modules.",
                        DeclaredAnswer.json(() -> ModuleJson.LIST, "The modules."),
                        this::list),
                Route.get(
                        "/modules/available",
                        Role.VIEWER,
                        "The modules that the distribution brings and that are installed on demand.",
                        DeclaredAnswer.json(() -> ModuleJson.AVAILABLE, "The modules."),
                        this::available),
                Route.get(
                                "/modules/{id}",
                                Role.VIEWER,
                                "One module with its inputs and settings.",
                                DeclaredAnswer.json(() -> ModuleJson.MANIFEST, "The module."),
                                this::show)
                        .problems(ProblemCode.NO_SUCH_MODULE),
                Route.post(
                                "/modules/{id}/pause",
                                Role.OPERATOR,
                                "Pauses the start of the module's jobs, also after restarts; running jobs continue.",
                                DeclaredAnswer.json(() -> ModuleJson.PAUSED, "It is paused."),
                                this::pause)
                        .problems(ProblemCode.NO_SUCH_MODULE),
                Route.post(
                        "/modules/{id}/resume",
                        Role.OPERATOR,
                        "Resumes the start of the module's jobs.",
                        DeclaredAnswer.json(() -> ModuleJson.PAUSED, "It is no longer paused."),
                        this::resume),
                Route.get(
                                "/modules/{id}/settings",
                                Role.VIEWER,
                                "The module's settings, secrets masked.",
                                DeclaredAnswer.json(() -> AnswerKinds.OBJECT, "A field for each setting.")
                                        .withTag(),
                                this::settings)
                        .header(KNOWN)
                        .problems(ProblemCode.NO_SUCH_MODULE),
                Route.put(
                                "/modules/{id}/settings",
                                Role.ADMIN,
                                "Replaces the module's settings; a masked secret keeps its value.",
                                DeclaredAnswer.json(() -> AnswerKinds.OBJECT, "The settings as they are now.")
                                        .with(new Header("ETag", "Their version.")),
                                this::configure)
                        .problems(
                                ProblemCode.NO_SUCH_MODULE, ProblemCode.INVALID_SETTING, ProblemCode.CHANGED_MEANWHILE)
                        .header(CONDITION)
                        .object());
    }

    private Answer list(Call call) {
        Bounds bounds = call.actor().principal().bounds();
        List<ModuleEntry> modules = parts.catalog().get().modules().stream()
                .filter(module -> bounds.includeModule(module.id()))
                .toList();
        List<Leak> leaks = parts.catalog().get().leaks();
        return Answer.json(ModuleJson.LIST, new ModuleJson.Modules(modules, leaks));
    }

    private Answer available(Call call) {
        return Answer.json(ModuleJson.AVAILABLE, parts.deployer().get().available());
    }

    private Answer show(Call call) {
        ModuleEntry module = module(call);
        Optional<Deployer> deployer = parts.deployer().find();
        Optional<Deployment> deployment = deployer.flatMap(known -> known.deployment(module.id()));
        List<Deployment> former =
                deployer.map(known -> known.former(module.id())).orElse(List.of());
        List<UUID> running = parts.scheduler()
                .find()
                .map(scheduler -> scheduler.runningJobs(module.id()))
                .orElse(List.of());
        boolean mayAct = call.actor().principal().role().covers(Role.OPERATOR);
        Optional<ModuleDiagnosis> diagnosis =
                parts.catalog().get().diagnosis(module.id()).map(all -> mayAct ? all : all.withoutThreads());
        return Answer.json(
                ModuleJson.MANIFEST,
                new ModuleJson.Manifest(
                        module,
                        diagnosis,
                        running,
                        deployment,
                        former,
                        servers(module.bundle()),
                        deployer.flatMap(known -> known.rollOut(module.id()))));
    }

    private List<OnServer> servers(String bundle) {
        return parts.workers().find().map(Workers::workers).orElse(List.of()).stream()
                .map(Worker::server)
                .flatMap(Stream::ofNullable)
                .flatMap(server -> server.modules().stream()
                        .filter(module -> module.bundle().equals(bundle))
                        .map(module -> new OnServer(server.name(), module)))
                .toList();
    }

    private Answer settings(Call call) {
        ModuleCatalog catalog = parts.catalog().get();
        String id = module(call).id();
        EntityTag tag = tag(catalog.settingsVersion(id)); // older than the settings rather than newer
        return tag.isKnown(call.request().getHeaders())
                ? Answer.unchanged(tag.text())
                : Answer.json(AnswerKinds.OBJECT, catalog.settings(id)).with("ETag", tag.text());
    }

    private Answer configure(Call call) {
        ModuleCatalog catalog = parts.catalog().get();
        String id = module(call).id();
        var condition = new ChangeCondition(call.request().getHeaders());
        catalog.configure(id, call.object(), version -> condition.check(tag(version)));
        EntityTag tag = tag(catalog.settingsVersion(id));
        return Answer.json(AnswerKinds.OBJECT, catalog.settings(id)).with("ETag", tag.text());
    }

    private static EntityTag tag(String version) {
        return new EntityTag("\"" + version + "\"");
    }

    private Answer pause(Call call) {
        return pause(call.path("id"), true);
    }

    private Answer resume(Call call) {
        return pause(call.path("id"), false);
    }

    private Answer pause(String id, boolean paused) {
        return Answer.after(
                parts.queue().get().pauseModule(id, paused).thenApply(done -> paused),
                isPaused -> Answer.json(ModuleJson.PAUSED, new ModuleJson.Paused(id, isPaused)));
    }

    private ModuleEntry module(Call call) {
        String id = call.path("id");
        return parts.catalog()
                .get()
                .module(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NO_SUCH_MODULE, "There is no module \"" + id + "\"."));
    }
}
