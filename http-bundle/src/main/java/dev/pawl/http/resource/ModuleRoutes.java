package dev.pawl.http.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.auth.Role;
import dev.pawl.http.json.DeploymentJson;
import dev.pawl.http.json.DiagnosisJson;
import dev.pawl.http.json.Json;
import dev.pawl.http.json.ModuleJson;
import dev.pawl.http.json.Times;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Route;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The modules there are, and their settings. */
public final class ModuleRoutes {

    private final Services parts;

    public ModuleRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/modules",
                        Role.VIEWER,
                        "The modules there are.",
                        "200 {modules: [{id, name, version, description, capabilities, enabled, state, …}]}",
                        this::list),
                Route.get(
                        "/modules/{id}",
                        Role.VIEWER,
                        "One module and what it takes.",
                        "200 as in the list, with inputs, settings: [{id, type, required, default, description}], inputs_schema, settings_schema, entrypoint, path, installed_at, deployment, former",
                        this::show),
                Route.post(
                        "/modules/{id}/pause",
                        Role.OPERATOR,
                        "Starts no more jobs of the module, also after restarts; what runs goes on.",
                        "200 {id, paused: true}",
                        this::pause),
                Route.post(
                        "/modules/{id}/resume",
                        Role.OPERATOR,
                        "Starts jobs of the module again.",
                        "200 {id, paused: false}",
                        this::resume),
                Route.get(
                        "/modules/{id}/settings",
                        Role.VIEWER,
                        "The module's settings, secrets masked.",
                        "200 an object with a field for each setting",
                        this::settings),
                Route.put(
                                "/modules/{id}/settings",
                                Role.ADMIN,
                                "Replaces the module's settings; a masked secret keeps its value.",
                                "200 the settings",
                                this::configure)
                        .object());
    }

    private Answer list(Call call) {
        List<ModuleEntry> modules = parts.catalog().get().modules();
        List<Leak> leaks = parts.catalog().get().leaks();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("modules");
            for (ModuleEntry module : modules) {
                ModuleJson.summary(json, module);
            }
            json.writeEndArray();
            DiagnosisJson.leaks(json, leaks);
            json.writeEndObject();
        });
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
        Optional<ModuleDiagnosis> diagnosis = parts.catalog().get().diagnosis(module.id());
        return Answer.json(json -> {
            json.writeStartObject();
            ModuleJson.manifest(json, module);
            if (diagnosis.isPresent()) {
                DiagnosisJson.fields(json, diagnosis.get());
            }
            Json.field(json, "running_jobs", running);
            json.writeStringField("entrypoint", module.bundle());
            json.writeStringField("path", deployment.map(Deployment::source).orElse(null));
            Times.field(
                    json,
                    "installed_at",
                    deployment.map(Deployment::installedAt).orElse(null));
            json.writeFieldName("deployment");
            if (deployment.isPresent()) {
                DeploymentJson.deployment(json, deployment.get());
            } else {
                json.writeNull();
            }
            former(json, former);
            json.writeEndObject();
        });
    }

    private Answer settings(Call call) {
        Map<String, Object> settings =
                parts.catalog().get().settings(module(call).id());
        return Answer.json(json -> Json.value(json, settings));
    }

    private Answer configure(Call call) {
        ModuleCatalog catalog = parts.catalog().get();
        String id = module(call).id();
        catalog.configure(id, call.object());
        Map<String, Object> settings = catalog.settings(id);
        return Answer.json(json -> Json.value(json, settings));
    }

    private Answer pause(Call call) {
        return pause(call.path("id"), true);
    }

    private Answer resume(Call call) {
        return pause(call.path("id"), false);
    }

    private Answer pause(String id, boolean paused) {
        return Answer.after(
                parts.scheduler().get().pauseModule(id, paused).thenApply(done -> paused),
                isPaused -> Answer.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("id", id);
                    json.writeBooleanField("paused", isPaused);
                    json.writeEndObject();
                }));
    }

    private ModuleEntry module(Call call) {
        String id = call.path("id");
        return parts.catalog()
                .get()
                .module(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NO_SUCH_MODULE, "There is no module \"" + id + "\"."));
    }

    private static void former(JsonGenerator json, List<Deployment> former) throws IOException {
        json.writeArrayFieldStart("former");
        for (Deployment deployment : former) {
            DeploymentJson.deployment(json, deployment);
        }
        json.writeEndArray();
    }
}
