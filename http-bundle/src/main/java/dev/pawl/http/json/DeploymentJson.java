package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.job.JobMove;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What happened to module bundles, on the wire. */
public final class DeploymentJson {

    private DeploymentJson() {}

    /** What a change did. {@code id} and {@code name} are those of the bundle's first module. */
    public static void deployed(JsonGenerator json, Deployed deployed) throws IOException {
        json.writeStartObject();
        deployedFields(json, deployed);
        json.writeEndObject();
    }

    /** The outcome of a removal, which clients look for by other names too. */
    public static void uninstalled(JsonGenerator json, Deployed deployed, String module) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", "uninstalled");
        json.writeStringField("module_id", module);
        deployedFields(json, deployed);
        json.writeEndObject();
    }

    private static void deployedFields(JsonGenerator json, Deployed deployed) throws IOException {
        json.writeStringField("change", word(deployed.change()));
        List<Deployment.ModuleIdentity> modules = deployed.deployment().modules();
        json.writeStringField("id", modules.isEmpty() ? null : modules.get(0).id());
        json.writeStringField("name", modules.isEmpty() ? null : modules.get(0).name());
        record(json, deployed.deployment());
        json.writeStringField("former_version", deployed.formerVersion());
        json.writeArrayFieldStart("jobs");
        for (JobMove move : deployed.jobs()) {
            json.writeStartObject();
            json.writeStringField("job_id", move.job().toString());
            json.writeStringField("outcome", word(move.outcome()));
            json.writeEndObject();
        }
        json.writeEndArray();
        impact(json, deployed.impact());
    }

    private static void impact(JsonGenerator json, Impact impact) throws IOException {
        Json.field(json, "touched", impact.touched());
        json.writeArrayFieldStart("affected");
        for (Impact.Affected affected : impact.affected()) {
            json.writeStartObject();
            json.writeStringField("bundle", affected.bundle());
            json.writeStringField("why", affected.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.field(json, "waiting", impact.waiting());
        offers(json, "appears", impact.appears());
        offers(json, "vanishes", impact.vanishes());
    }

    private static void offers(JsonGenerator json, String field, List<Impact.Offer> offers) throws IOException {
        json.writeArrayFieldStart(field);
        for (Impact.Offer offer : offers) {
            json.writeStartObject();
            json.writeStringField("kind", word(offer.kind()));
            json.writeStringField("name", offer.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What was done with a module's bundles, latest first. */
    public static void history(JsonGenerator json, List<HistoryEntry> lines, int limit) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("history");
        for (HistoryEntry line : lines) {
            json.writeStartObject();
            Times.field(json, "at", line.at());
            json.writeStringField("by", line.by());
            json.writeStringField("bundle", line.bundle());
            Json.field(json, "modules", line.modules());
            json.writeStringField("action", word(line.action()));
            json.writeStringField("from", line.from());
            json.writeStringField("to", line.to());
            json.writeStringField("sha256", line.sha256());
            json.writeStringField("outcome", word(line.outcome()));
            json.writeStringField("detail", line.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("limit", limit);
        json.writeEndObject();
    }

    /** One version of a bundle. */
    public static void deployment(JsonGenerator json, Deployment deployment) throws IOException {
        json.writeStartObject();
        record(json, deployment);
        json.writeEndObject();
    }

    /** The findings of a look at the modules folder, and the modules there are after it. */
    public static void report(JsonGenerator json, FolderReport report, List<ModuleEntry> modules) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", "reloaded");
        json.writeArrayFieldStart("installed");
        for (Deployed installed : report.installed()) {
            deployed(json, installed);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("failed");
        for (FolderReport.Refusal refusal : report.failed()) {
            json.writeStartObject();
            json.writeStringField("file", refusal.file());
            json.writeStringField("error", refusal.error());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.field(json, "skipped", report.skipped());
        json.writeNumberField("modules_found", modules.size());
        json.writeArrayFieldStart("modules");
        for (ModuleEntry module : modules) {
            ModuleJson.summary(json, module);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void record(JsonGenerator json, Deployment deployment) throws IOException {
        json.writeStringField("bundle", deployment.bundle());
        json.writeStringField("version", deployment.version());
        json.writeStringField("sha256", deployment.sha256());
        json.writeArrayFieldStart("modules");
        for (Deployment.ModuleIdentity module : deployment.modules()) {
            json.writeStartObject();
            json.writeStringField("id", module.id());
            json.writeStringField("name", module.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("origin", word(deployment.origin()));
        json.writeStringField("source", deployment.source());
        json.writeBooleanField("enabled", deployment.enabled());
        Times.field(json, "installed_at", deployment.installedAt());
        json.writeStringField("installed_by", deployment.installedBy());
        json.writeStringField("signer", deployment.signer());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
