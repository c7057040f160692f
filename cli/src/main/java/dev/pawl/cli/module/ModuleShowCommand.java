package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.Json;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one module with its inputs and settings. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a module, its inputs and its settings.",
        footerHeading = "%nExample:%n",
        footer = "  pawl module show hello")
final class ModuleShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    ModuleShowCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/modules/" + Api.segment(module)), json -> {
            describe(json);
            list("Inputs (-i)", json.path("inputs"));
            list("Settings (-s)", json.path("settings"));
        });
    }

    private void describe(JsonNode json) {
        JsonNode deployment = json.path("deployment");
        Fields fields = new Fields()
                .add("Module", new Cell(Json.text(json, "id"), Colour.BOLD))
                .add("Name", Json.text(json, "name"))
                .add("About", Json.text(json, "description"))
                .add("Version", Json.text(json, "version"))
                .add("State", Cell.status(Json.text(json, "state")))
                .add("Reason", Json.text(json, "explanation"))
                .add("Capabilities", words(json.path("capabilities")))
                .add("Bundle", Json.text(json, "bundle"))
                .add("SHA-256", Json.text(deployment, "sha256"))
                .add("Origin", (Json.text(deployment, "origin") + " " + Json.text(deployment, "source")).strip())
                .add("Installed", installed(deployment))
                .add("Former", versions(json.path("former")))
                .add("Signer", Json.text(deployment, "signer"))
                .add("Bundle state", Json.text(json, "bundle_state"))
                .add("Component", component(json.path("component")))
                .add("Jobs", jobs(json.path("jobs")))
                .add("Running jobs", running(json.path("running_jobs")))
                .add("Abandoned", threads(json.path("abandoned_threads").asInt()))
                .add(
                        "Concurrency",
                        json.path("concurrency").asInt() > 0 ? Json.text(json, "concurrency") + " jobs" : "");
        Json.stream(json.path("warnings")).forEach(warning -> warning(fields, Json.text(warning)));
        Json.stream(json.path("retiring"))
                .forEach(old ->
                        fields.add("Retiring", Json.text(old, "version") + ", with jobs " + running(old.path("jobs"))));
        Json.stream(json.path("leaks")).forEach(leak -> fields.add("Leak", new Cell(leak(leak), Colour.YELLOW)));
        screen().lines(fields.lines(screen().terminal()));
    }

    /** The stack trace of a thread has several lines. */
    private static void warning(Fields fields, String text) {
        String name = "Warning";
        for (String line : text.split("\n", -1)) {
            fields.add(name, new Cell(line, Colour.YELLOW));
            name = "";
        }
    }

    private static String component(JsonNode component) {
        String lacks = Json.stream(component.path("references"))
                .filter(reference -> !reference.path("satisfied").asBoolean())
                .map(reference -> Json.text(reference, "service"))
                .collect(Collectors.joining(", "));
        String configured = Json.stream(component.path("configuration"))
                .filter(one -> one.path("present").asBoolean())
                .map(one -> Json.text(one, "pid"))
                .collect(Collectors.joining(", "));
        String unconfigured = Json.stream(component.path("configuration"))
                .filter(one ->
                        one.path("required").asBoolean() && !one.path("present").asBoolean())
                .map(one -> Json.text(one, "pid"))
                .collect(Collectors.joining(" and "));
        return (Json.text(component, "state")
                        + (lacks.isEmpty() ? "" : "; lacks " + lacks)
                        + (unconfigured.isEmpty() ? "" : "; lacks a configuration " + unconfigured)
                        + (configured.isEmpty() ? "" : "; configured by " + configured))
                .strip();
    }

    private static String jobs(JsonNode counts) {
        return counts.properties().stream()
                .filter(count -> count.getValue().asLong() > 0)
                .map(count -> count.getValue().asLong() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String threads(int count) {
        return count == 0 ? "" : count + (count == 1 ? " thread" : " threads");
    }

    private String leak(JsonNode leak) {
        return "Version " + Json.text(leak, "version") + " was removed "
                + "" + times().moment(Json.text(leak, "gone_at")) + ", but its classes are still in memory: "
                + Json.stream(leak.path("holders")).map(Json::text).collect(Collectors.joining(" "));
    }

    private static String versions(JsonNode deployments) {
        return Json.stream(deployments)
                .map(one -> Json.text(one, "version") + digest(Json.text(one, "sha256")))
                .collect(Collectors.joining(", "));
    }

    /** The beginning of the digest, which distinguishes builds of the same version; {@code rollback --to} accepts it. */
    private static String digest(String sha256) {
        return sha256.isEmpty() ? "" : " (" + JobText.shortId(sha256) + ")";
    }

    private static String running(JsonNode ids) {
        return Json.stream(ids).map(id -> JobText.shortId(Json.text(id))).collect(Collectors.joining(", "));
    }

    private String installed(JsonNode deployment) {
        String at = Json.text(deployment, "installed_at");
        String by = Json.text(deployment, "installed_by");
        return at.isEmpty() ? "" : times().moment(at) + (by.isEmpty() ? "" : " by " + by);
    }

    private void list(String title, JsonNode fields) {
        if (fields.isEmpty()) {
            return;
        }
        Table table = new Table()
                .column("NAME", Fit.WHOLE)
                .column("TYPE", Fit.WHOLE)
                .column("REQUIRED", Fit.WHOLE)
                .column("DEFAULT", Fit.FLEXIBLE)
                .column("ABOUT", Fit.FLEXIBLE);
        Json.stream(fields)
                .forEach(field -> table.row(
                        new Cell(Json.text(field, "id"), Colour.BOLD),
                        Cell.of(Json.text(field, "type")),
                        Cell.of(field.path("required").asBoolean() ? "yes" : ""),
                        Cell.of(Json.text(field, "default")),
                        Cell.of((Json.text(field, "description") + range(field)).strip())));
        screen().line("");
        screen().line(screen().paint(Colour.BOLD, title));
        screen().lines(table.lines(screen().terminal()));
    }

    private static String range(JsonNode field) {
        String min = bound(field.path("min"));
        String max = bound(field.path("max"));
        if (min.isEmpty() && max.isEmpty()) {
            return "";
        }
        return min.isEmpty()
                ? " (at most " + max + ")"
                : " (" + min + (max.isEmpty() ? " or more)" : " to " + max + ")");
    }

    /** With every digit; also older servers' bounds of integers, which are fractional numbers. */
    private static String bound(JsonNode value) {
        return value.isNumber() ? Json.number(value) : "";
    }

    private static String words(JsonNode list) {
        return Json.stream(list).map(Json::text).collect(Collectors.joining(", "));
    }
}
