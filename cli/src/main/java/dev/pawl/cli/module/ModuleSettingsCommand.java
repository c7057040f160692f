package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
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
        description = "Shows a module's settings, or changes the given ones.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module settings hello", "  pawl module settings hello -s greeting=Hi"})
final class ModuleSettingsCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    @Option(
            names = {"-s", "--setting"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "A setting and its new value; @FILE takes the value from a file.")
    private Map<String, String> changes = new LinkedHashMap<>();

    ModuleSettingsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        String path = "/modules/" + Api.segment(module);
        if (!changes.isEmpty()) {
            ObjectNode given =
                    TypedValues.of("-s", changes, api.get(path).json().path("settings"));
            ObjectNode settings = settingsOf(api.get(path + "/settings").json()).deepCopy();
            api.put(path + "/settings", settings.setAll(given));
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

    /** The settings, from the answer itself or from its member. */
    private static ObjectNode settingsOf(JsonNode answer) {
        JsonNode settings = answer.path("settings").isObject() ? answer.path("settings") : answer;
        return settings.isObject() ? (ObjectNode) settings : JsonTrees.object();
    }
}
