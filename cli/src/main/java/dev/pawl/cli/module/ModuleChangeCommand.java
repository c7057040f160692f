package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.Json;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    /** Whether nothing is to be changed. */
    boolean isDryRun() {
        return false;
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(change(api, "/modules/" + Api.segment(module)), answer -> {
            ObjectNode named = answer.isObject() ? ((ObjectNode) answer).deepCopy() : Json.object();
            new ModuleReport(screen()).show(named.has("id") ? named : named.put("id", module), deed, isDryRun());
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

        @Override
        boolean isDryRun() {
            return update.isDryRun();
        }

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

        @Override
        boolean isDryRun() {
            return update.isDryRun();
        }

        Disable(Invocation invocation) {
            super(invocation, "Disabled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/disable")).toString());
        }
    }

    /** Starts none of its jobs. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Starts no more jobs of a module, also after a restart; what runs goes on.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module pause hello")
    static final class Pause extends ModuleChangeCommand {
        Pause(Invocation invocation) {
            super(invocation, "Paused");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/pause");
        }
    }

    /** Starts its jobs again. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Starts jobs of a paused module again.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module resume hello")
    static final class Resume extends ModuleChangeCommand {
        Resume(Invocation invocation) {
            super(invocation, "Resumed");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/resume");
        }
    }

    /** Goes back. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Goes back to a former version: the one before, or another that is kept.",
            footerHeading = "%nExamples:%n",
            footer = {"  pawl module rollback hello", "  pawl module rollback hello --to 1.2.0"})
    static final class Rollback extends ModuleChangeCommand {
        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = "The version, or the beginning of its SHA-256. Default: the one before.")
        private String version = "";

        @Mixin
        private final UpdateOptions update = new UpdateOptions();

        @Override
        boolean isDryRun() {
            return update.isDryRun();
        }

        Rollback(Invocation invocation) {
            super(invocation, "Rolled back");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/rollback").with("to", version))
                    .toString());
        }
    }
}
