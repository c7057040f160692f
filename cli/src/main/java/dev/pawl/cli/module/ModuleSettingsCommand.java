package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.TypedValues;
import dev.pawl.cli.screen.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or changes a module's settings. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = "Shows a module's settings, changes the given ones, or unsets them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module settings hello",
            "  pawl module settings hello -s greeting=Hi",
            "  pawl module settings hello --unset greeting"
        })
final class ModuleSettingsCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    @Option(
            names = {"-s", "--setting"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "A setting and its new value; @FILE takes the value from a file.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(
            names = "--unset",
            paramLabel = "KEY",
            split = ",",
            description = "A setting that goes back to its default; several are separated by commas.")
    private List<String> unset = List.of();

    ModuleSettingsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        String path = "/modules/" + Api.segment(module);
        if (!changes.isEmpty() || !unset.isEmpty()) {
            api.put(path + "/settings", changed(api, path));
        }
        return show(api.get(path + "/settings"), answer -> {
            Fields fields = new Fields();
            settingsOf(answer)
                    .properties()
                    .forEach(entry -> fields.add(entry.getKey(), JsonTrees.text(entry.getValue())));
            List<String> lines = fields.lines(screen().terminal());
            screen().lines(lines.isEmpty() ? List.of("The module has no settings.") : lines);
        });
    }

    private ObjectNode changed(Api api, String path) throws Exception {
        JsonNode declared = api.get(path).json().path("settings");
        ObjectNode settings = settingsOf(api.get(path + "/settings").json()).deepCopy();
        for (String key : unset) {
            boolean known = JsonTrees.stream(declared)
                    .anyMatch(field -> JsonTrees.text(field, "id").equals(key));
            if (settings.remove(key) == null && !known) {
                throw new UsageException("--unset is \"" + key + "\", which is not a setting of the module " + module
                        + "; `pawl module show " + module + "` shows the settings.");
            }
        }
        settings.setAll(TypedValues.of("-s", changes, declared));
        return settings;
    }

    /** The settings, from the answer itself or from its member. */
    private static ObjectNode settingsOf(JsonNode answer) {
        JsonNode settings = answer.path("settings").isObject() ? answer.path("settings") : answer;
        return settings.isObject() ? (ObjectNode) settings : JsonTrees.object();
    }
}
