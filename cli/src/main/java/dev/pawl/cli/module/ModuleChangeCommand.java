package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change to an installed module; the commands differ only in their request. */
abstract class ModuleChangeCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    private final String word;

    /** @param word the change's word on the wire */
    private ModuleChangeCommand(Invocation invocation, String word) {
        super(invocation);
        this.word = word;
    }

    /** Sends the request. */
    abstract Answer change(Api api, String path) throws Exception;

    /** Whether it is a dry run. */
    boolean isDryRun() {
        return false;
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(change(api, "/modules/" + Api.segment(module)), answer -> {
            ObjectNode named = answer.isObject() ? ((ObjectNode) answer).deepCopy() : JsonTrees.object();
            new ModuleReport(screen()).show(named.has("id") ? named : named.put("id", module), word, isDryRun());
        });
    }

    /** Uninstalls a module. */
    @Command(
            name = "uninstall",
            mixinStandardHelpOptions = true,
            description = "Removes a module; its jobs wait until it is installed again.",
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
            super(invocation, "uninstalled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.delete(update.addTo(new Query(path)).toString());
        }
    }

    /** Enables a module. */
    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Starts a disabled module; its waiting jobs continue.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module enable hello")
    static final class Enable extends ModuleChangeCommand {
        Enable(Invocation invocation) {
            super(invocation, "enabled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/enable");
        }
    }

    /** Disables a module. */
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
            super(invocation, "disabled");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/disable")).toString());
        }
    }

    /** Pauses a module. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Pauses the start of a module's jobs, also after a restart; running jobs continue.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module pause hello")
    static final class Pause extends ModuleChangeCommand {
        Pause(Invocation invocation) {
            super(invocation, "paused");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/pause");
        }
    }

    /** Resumes a module. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Resumes the start of a module's jobs.",
            footerHeading = "%nExample:%n",
            footer = "  pawl module resume hello")
    static final class Resume extends ModuleChangeCommand {
        Resume(Invocation invocation) {
            super(invocation, "resumed");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(path + "/resume");
        }
    }

    /** Rolls a module back. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description =
                    "Rolls back to the previous version, or to another one that is kept; takes back one that is held.",
            footerHeading = "%nExamples:%n",
            footer = {"  pawl module rollback hello", "  pawl module rollback hello --to 1.2.0"})
    static final class Rollback extends ModuleChangeCommand {
        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = "The version, or the beginning of its SHA-256. Default: the previous one.")
        private String version = "";

        @Option(
                names = "--canary",
                description = "Holds the version on the first of several servers until `pawl module promote`.")
        private boolean canary;

        @Mixin
        private final UpdateOptions update = new UpdateOptions();

        @Override
        boolean isDryRun() {
            return update.isDryRun();
        }

        Rollback(Invocation invocation) {
            super(invocation, "rolled_back");
        }

        @Override
        Answer change(Api api, String path) throws Exception {
            return api.post(update.addTo(new Query(path + "/rollback").with("to", version))
                    .with("canary", canary ? "1" : "")
                    .toString());
        }
    }
}
