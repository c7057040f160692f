package dev.pawl.http.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.json.DeploymentJson;
import dev.pawl.http.json.DiagnosisJson;
import dev.pawl.http.json.Json;
import dev.pawl.http.json.ModuleJson;
import dev.pawl.http.json.Times;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
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

    public Answer list(Call call) {
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

    public Answer show(Call call) {
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

    public Answer settings(Call call) {
        Map<String, Object> settings =
                parts.catalog().get().settings(module(call).id());
        return Answer.json(json -> Json.value(json, settings));
    }

    public Answer configure(Call call) {
        ModuleCatalog catalog = parts.catalog().get();
        String id = module(call).id();
        catalog.configure(id, call.object());
        Map<String, Object> settings = catalog.settings(id);
        return Answer.json(json -> Json.value(json, settings));
    }

    public Answer pause(Call call) {
        return pause(call.path("id"), true);
    }

    public Answer resume(Call call) {
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
