package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
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
            FieldTable.show("Inputs (-i)", json.path("inputs"), screen());
            FieldTable.show("Settings (-s)", json.path("settings"), screen());
        });
    }

    private void describe(JsonNode json) {
        JsonNode deployment = json.path("deployment");
        Fields fields = new Fields()
                .add("Module", new Cell(JsonTrees.text(json, "id"), Colour.BOLD))
                .add("Name", JsonTrees.text(json, "name"))
                .add("About", JsonTrees.text(json, "description"))
                .add("Version", JsonTrees.text(json, "version"))
                .add("State", Cell.status(JsonTrees.text(json, "state")))
                .add("Reason", JsonTrees.text(json, "explanation"))
                .add("Runs in", JsonTrees.text(json, "isolation"))
                .add("Capabilities", words(json.path("capabilities")))
                .add("Bundle", JsonTrees.text(json, "bundle"))
                .add("SHA-256", JsonTrees.text(deployment, "sha256"))
                .add(
                        "Origin",
                        (JsonTrees.text(deployment, "origin") + " " + JsonTrees.text(deployment, "source")).strip())
                .add("Installed", installed(deployment))
                .add("Former", versions(json.path("former")))
                .add("Signer", JsonTrees.text(deployment, "signer"))
                .add("Bundle state", JsonTrees.text(json, "bundle_state"))
                .add("Component", component(json.path("component")))
                .add("Jobs", jobs(json.path("jobs")))
                .add("Running jobs", running(json.path("running_jobs")))
                .add("Abandoned", threads(json.path("abandoned_threads").asInt()))
                .add(
                        "Concurrency",
                        json.path("concurrency").asInt() > 0 ? JsonTrees.text(json, "concurrency") + " jobs" : "");
        JsonTrees.stream(json.path("servers"))
                .forEach(on -> fields.add("Server " + JsonTrees.text(on, "server"), onServer(on)));
        RollOutText.addTo(fields, json.path("roll_out"), times());
        JsonTrees.stream(json.path("warnings")).forEach(warning -> warning(fields, JsonTrees.text(warning)));
        JsonTrees.stream(json.path("lingering_threads")).forEach(thread -> thread(fields, thread));
        JsonTrees.stream(json.path("retiring"))
                .forEach(old -> fields.add(
                        "Retiring", JsonTrees.text(old, "version") + ", with jobs " + running(old.path("jobs"))));
        JsonTrees.stream(json.path("leaks")).forEach(leak -> fields.add("Leak", new Cell(leak(leak), Colour.YELLOW)));
        screen().lines(fields.lines(screen().terminal()));
    }

    private static Cell onServer(JsonNode on) {
        String detail = JsonTrees.text(on, "detail");
        return Cell.status(JsonTrees.text(on, "version") + " " + JsonTrees.text(on, "state")
                + (detail.isEmpty() ? "" : ": " + detail));
    }

    private static void thread(Fields fields, JsonNode thread) {
        String job = JsonTrees.text(thread, "job_id");
        fields.add(
                "Thread",
                JsonTrees.text(thread, "name") + ", " + JsonTrees.text(thread, "kind")
                        + (job.isEmpty() ? "" : " by job " + JobText.shortId(job)) + ", "
                        + JsonTrees.text(thread, "state").replace('_', ' '));
        JsonTrees.stream(thread.path("stack")).forEach(call -> fields.add("", "    at " + JsonTrees.text(call)));
    }

    /** A warning may have several lines. */
    private static void warning(Fields fields, String text) {
        String name = "Warning";
        for (String line : text.split("\n", -1)) {
            fields.add(name, new Cell(line, Colour.YELLOW));
            name = "";
        }
    }

    private static String component(JsonNode component) {
        String lacks = JsonTrees.stream(component.path("references"))
                .filter(reference -> !reference.path("satisfied").asBoolean())
                .map(reference -> JsonTrees.text(reference, "service"))
                .collect(Collectors.joining(", "));
        String configured = JsonTrees.stream(component.path("configuration"))
                .filter(one -> one.path("present").asBoolean())
                .map(one -> JsonTrees.text(one, "pid"))
                .collect(Collectors.joining(", "));
        String unconfigured = JsonTrees.stream(component.path("configuration"))
                .filter(one ->
                        one.path("required").asBoolean() && !one.path("present").asBoolean())
                .map(one -> JsonTrees.text(one, "pid"))
                .collect(Collectors.joining(" and "));
        return (JsonTrees.text(component, "state")
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
        return "Version " + JsonTrees.text(leak, "version") + " was removed "
                + "" + times().moment(JsonTrees.text(leak, "gone_at")) + ", but its classes are still in memory: "
                + JsonTrees.stream(leak.path("holders")).map(JsonTrees::text).collect(Collectors.joining(" "));
    }

    private static String versions(JsonNode deployments) {
        return JsonTrees.stream(deployments)
                .map(one -> JsonTrees.text(one, "version") + digest(JsonTrees.text(one, "sha256")))
                .collect(Collectors.joining(", "));
    }

    /** The beginning of the digest, which distinguishes builds of the same version; {@code rollback --to} accepts it. */
    private static String digest(String sha256) {
        return sha256.isEmpty() ? "" : " (" + JobText.shortId(sha256) + ")";
    }

    private static String running(JsonNode ids) {
        return JsonTrees.stream(ids)
                .map(id -> JobText.shortId(JsonTrees.text(id)))
                .collect(Collectors.joining(", "));
    }

    private String installed(JsonNode deployment) {
        String at = JsonTrees.text(deployment, "installed_at");
        String by = JsonTrees.text(deployment, "installed_by");
        return at.isEmpty() ? "" : times().moment(at) + (by.isEmpty() ? "" : " by " + by);
    }

    private static String words(JsonNode list) {
        return JsonTrees.stream(list).map(JsonTrees::text).collect(Collectors.joining(", "));
    }
}
