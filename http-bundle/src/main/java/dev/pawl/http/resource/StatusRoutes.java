package dev.pawl.http.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.auth.Role;
import dev.pawl.http.json.JobJson;
import dev.pawl.http.json.Times;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.Route;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.StoreUpkeep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the server is. */
public final class StatusRoutes {

    private static final String OWNER = "pawl:http";

    private final Services parts;
    private final String version;
    private final Map<String, String> configuration;

    /**
     * Answers for the parts.
     *
     * @param version the product's
     * @param configuration the effective one by name, secrets masked
     */
    public StatusRoutes(Services parts, String version, Map<String, String> configuration) {
        this.parts = parts;
        this.version = version;
        this.configuration = Map.copyOf(configuration);
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/status",
                        Role.VIEWER,
                        "How the server is and what runs.",
                        "200 {status: \"running\", version, worker_id, uptime, module_count, jobs: [{id, module, status, started_at}], queue: {pending, running, slots, disabled}}",
                        this::status),
                Route.get(
                        "/status/health",
                        Role.ANYONE,
                        "Whether the server can take jobs.",
                        "200 {status: \"online\", trouble: what is amiss and keeps no job from running}, or 503 with what is wrong",
                        this::health),
                Route.get(
                        "/status/config",
                        Role.VIEWER,
                        "The effective configuration, secrets masked.",
                        "200 {version, uptime, …}",
                        this::config));
    }

    private Answer status(Call call) {
        SchedulerStatus status = parts.scheduler().get().status();
        int modules = parts.catalog().get().modules().size();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "running");
            json.writeStringField("version", version);
            json.writeStringField("worker_id", status.workerId());
            Times.field(json, "started_at", status.startedAt());
            json.writeStringField("uptime", status.uptime());
            json.writeNumberField("module_count", modules);
            json.writeArrayFieldStart("jobs");
            for (Job job : status.running()) {
                JobJson.running(json, job);
            }
            json.writeEndArray();
            queue(json, status);
            json.writeNumberField("abandoned_threads", status.abandonedThreads());
            json.writeEndObject();
        });
    }

    /**
     * Online when scheduler and modules are there, modules can be changed, and the store is read and takes writes. Costs the same
     * however much runs. What is amiss and keeps no job from running is in the answer.
     */
    private Answer health(Call call) {
        Optional<String> trouble;
        try {
            parts.scheduler().get();
            parts.catalog().get();
            readStore();
            refuseTrouble();
            trouble = parts.deployer().get().trouble();
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.code().status() == 503 ? e.code() : ProblemCode.STORE_UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    e);
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "online");
            if (trouble.isPresent()) {
                json.writeStringField("trouble", trouble.get());
            }
            json.writeEndObject();
        });
    }

    /** There is no such document; that it can be looked for is what counts. */
    private void readStore() {
        parts.records().find().ifPresent(store -> store.get(OWNER, "health"));
    }

    private void refuseTrouble() {
        Optional<String> trouble = parts.upkeep().find().flatMap(StoreUpkeep::trouble);
        if (trouble.isPresent()) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, trouble.get());
        }
    }

    private Answer config(Call call) {
        String uptime = parts.scheduler().get().status().uptime();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeStringField("uptime", uptime);
            for (String name : configuration.keySet().stream().sorted().toList()) {
                json.writeStringField(name, configuration.get(name));
            }
            json.writeEndObject();
        });
    }

    private static void queue(JsonGenerator json, SchedulerStatus status) throws IOException {
        json.writeObjectFieldStart("queue");
        json.writeNumberField("pending", status.pending());
        json.writeNumberField("running", status.running().size());
        json.writeNumberField("slots", status.slots());
        json.writeBooleanField("disabled", status.queueDisabled());
        json.writeEndObject();
    }
}
