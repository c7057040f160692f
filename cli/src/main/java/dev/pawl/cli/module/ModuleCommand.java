package dev.pawl.cli.module;

import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.conform.ModuleConformCommand;
import dev.pawl.cli.develop.ModuleDevCommand;
import dev.pawl.cli.project.ModuleLinkCommand;
import dev.pawl.cli.project.ModuleNewCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Contains the commands for modules. */
@Command(
        name = "module",
        mixinStandardHelpOptions = true,
        description = "Makes, lists, installs, updates, disables and removes modules.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module list", "  pawl module new my-module", "  pawl module install target/my-module-1.0.jar"
        })
public final class ModuleCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ModuleCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new ModuleCommand())
                .addSubcommand(new ModuleListCommand(invocation))
                .addSubcommand(new ModuleShowCommand(invocation))
                .addSubcommand(new ModuleInstallCommand(invocation))
                .addSubcommand(new ModuleChangeCommand.Uninstall(invocation))
                .addSubcommand(new ModuleChangeCommand.Enable(invocation))
                .addSubcommand(new ModuleChangeCommand.Disable(invocation))
                .addSubcommand(new ModuleChangeCommand.Rollback(invocation))
                .addSubcommand(new ModulePromoteCommand(invocation))
                .addSubcommand(new ModuleChangeCommand.Pause(invocation))
                .addSubcommand(new ModuleChangeCommand.Resume(invocation))
                .addSubcommand(new ModuleHistoryCommand(invocation))
                .addSubcommand(new ModuleSourceCommand(invocation))
                .addSubcommand(new ModuleSettingsCommand(invocation))
                .addSubcommand(new ModuleReloadCommand(invocation))
                .addSubcommand(new ModuleInstallGitCommand(invocation))
                .addSubcommand(new ModuleSyncCommand(invocation))
                .addSubcommand(new ModuleNewCommand(invocation))
                .addSubcommand(new ModuleDevCommand(invocation))
                .addSubcommand(new ModuleLinkCommand(invocation))
                .addSubcommand(new ModuleConformCommand(invocation))
                .addSubcommand(new ModuleDescribeCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing, such as `pawl module list`.");
    }
}
