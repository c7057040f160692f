package dev.pawl.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A change to a module that is installed: the commands differ in nothing but what they ask for. */
abstract class ModuleChangeCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    private final String deed;

    private ModuleChangeCommand(Invocation invocation, String deed) {
        super(invocation);
        this.deed = deed;
    }

    /** Asks for the change. */
    abstract Answer change(Api api, String path) throws Exception;

    @Override
    final int execute(Api api) throws Exception {
        return show(change(api, "/modules/" + Api.segment(module)), answer -> {
            ObjectNode named = answer.isObject() ? ((ObjectNode) answer).deepCopy() : Json.object();
            new ModuleReport(screen()).show(named.has("id") ? named : named.put("id", module), deed);
        });
    }

    /** Removes it. */
    @Command(
            name = "uninstall",
            mixinStandardHelpOptions = true,
            description = "Removes a module; its jobs wait until it is back.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module uninstall hello")
    static final class Uninstall extends ModuleChangeCommand {
        @Mixin
        private final UpdateOptions update = new UpdateOptions();

        Uninstall(Invocation invocation) {
            super(invocation, "Uninstalled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.delete(update.addTo(new Query(path)).toString());
        }
    }

    /** Starts it. */
    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Starts a disabled module; its waiting jobs go on.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module enable hello")
    static final class Enable extends ModuleChangeCommand {
        Enable(Invocation invocation) {
            super(invocation, "Enabled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/enable");
        }
    }

    /** Stops it. */
    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Stops a module, now and after a restart; its jobs wait.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module disable hello --mode finish")
    static final class Disable extends ModuleChangeCommand {
        @Mixin
        private final UpdateOptions update = new UpdateOptions();

        Disable(Invocation invocation) {
            super(invocation, "Disabled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/disable")).toString());
        }
    }

    /** Goes back. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Goes back to the version that was there before.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module rollback hello")
    static final class Rollback extends ModuleChangeCommand {
        @Mixin
        private final UpdateOptions update = new UpdateOptions();

        Rollback(Invocation invocation) {
            super(invocation, "Rolled back");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/rollback")).toString());
        }
    }
}
