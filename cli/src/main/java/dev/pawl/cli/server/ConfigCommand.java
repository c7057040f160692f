package dev.pawl.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Fields;
import picocli.CommandLine.Command;

/** Shows the server's effective configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows the server's effective configuration.",
        footerHeading = "%nExample:%n",
        footer = "  pawl config")
public final class ConfigCommand extends ApiCommand {
    public ConfigCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/status/config"), config -> {
            Fields fields = new Fields();
            collect("", config, fields);
            screen().lines(fields.lines(screen().terminal()));
        });
    }

    private static void collect(String prefix, JsonNode object, Fields fields) {
        object.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                collect(prefix + entry.getKey() + ".", entry.getValue(), fields);
            } else {
                fields.add(prefix + entry.getKey(), JsonTrees.text(entry.getValue()));
            }
        });
    }
}
