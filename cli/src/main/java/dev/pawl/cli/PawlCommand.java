package dev.pawl.cli;

import static java.util.Objects.requireNonNull;

import dev.pawl.cli.access.OpenCommand;
import dev.pawl.cli.access.SecretCommand;
import dev.pawl.cli.access.TokenCommand;
import dev.pawl.cli.audit.AuditCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Version;
import dev.pawl.cli.completion.CompletionCommand;
import dev.pawl.cli.completion.ValuesCommand;
import dev.pawl.cli.context.ContextCommand;
import dev.pawl.cli.context.LoginCommand;
import dev.pawl.cli.event.EventsCommand;
import dev.pawl.cli.hook.CallbacksCommand;
import dev.pawl.cli.hook.HookCommand;
import dev.pawl.cli.job.ArtifactsCommand;
import dev.pawl.cli.job.CallbackCommand;
import dev.pawl.cli.job.DrainCommand;
import dev.pawl.cli.job.JobCommand;
import dev.pawl.cli.job.JobsCommand;
import dev.pawl.cli.job.LogsCommand;
import dev.pawl.cli.job.PrioritizeCommand;
import dev.pawl.cli.job.QueueCommand;
import dev.pawl.cli.job.ResultCommand;
import dev.pawl.cli.job.ResumeCommand;
import dev.pawl.cli.job.RetryCommand;
import dev.pawl.cli.job.RunCommand;
import dev.pawl.cli.job.StopCommand;
import dev.pawl.cli.job.WaitCommand;
import dev.pawl.cli.job.WhyCommand;
import dev.pawl.cli.job.WorkersCommand;
import dev.pawl.cli.module.ModuleCommand;
import dev.pawl.cli.notify.NotifyCommand;
import dev.pawl.cli.schedule.ScheduleCommand;
import dev.pawl.cli.server.ConfigCommand;
import dev.pawl.cli.server.ServeCommand;
import dev.pawl.cli.server.StatusCommand;
import dev.pawl.cli.shell.ShellCommand;
import dev.pawl.cli.store.BackupCommand;
import dev.pawl.cli.store.CheckCommand;
import dev.pawl.cli.store.DataCommand;
import dev.pawl.cli.store.MigrateCommand;
import dev.pawl.cli.store.PurgeCommand;
import dev.pawl.cli.store.RestoreCommand;
import dev.pawl.cli.tls.TlsCommand;
import dev.pawl.cli.upgrade.UpgradeCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top-level command, which contains all others and lists them in groups. */
@Command(
        name = "pawl",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = "Runs automation jobs that never lose their place.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl run hello -i name=World -i count=3",
            "  pawl serve",
            "",
            "`pawl help COMMAND` shows the options of a command."
        })
final class PawlCommand implements Runnable {
    /** The column at which the descriptions of the commands begin. */
    private static final int INDENT = 13;

    /** The command of completion scripts, which no help shows. */
    private static final String VALUES = "__values";

    private static final Map<String, List<String>> GROUPS = Stream.of(
                    Map.entry(
                            "Jobs",
                            List.of(
                                    "run",
                                    "wait",
                                    "resume",
                                    "retry",
                                    "jobs",
                                    "job",
                                    "why",
                                    "logs",
                                    "result",
                                    "artifacts",
                                    "stop",
                                    "callback",
                                    "prioritize",
                                    "schedule",
                                    "hook",
                                    "notify",
                                    "callbacks")),
                    Map.entry("Modules and their data", List.of("module", "data")),
                    Map.entry(
                            "Server",
                            List.of(
                                    "serve", "status", "config", "queue", "workers", "drain", "events", "shell", "open",
                                    "token", "secret", "tls", "version")),
                    Map.entry("This command", List.of("login", "context", "completion")),
                    Map.entry("Upkeep", List.of("audit", "purge", "backup", "restore", "check", "migrate", "upgrade")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PawlCommand() {}

    /**
     * The parser for these arguments. It contains only the command with which they begin, since building all of them takes longer than a
     * short command runs.
     */
    static CommandLine toParse(List<String> arguments, Invocation invocation) {
        List<String> all = names();
        boolean named = !arguments.isEmpty()
                && (all.contains(arguments.get(0)) || arguments.get(0).equals(VALUES));
        CommandLine pawl = new CommandLine(new PawlCommand());
        for (String name : named ? List.of(arguments.get(0)) : all) {
            pawl.addSubcommand(command(name, invocation));
        }
        pawl.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        pawl.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, PawlCommand::groups);
        return pawl;
    }

    /** The names of the commands, in the order of the help. */
    static List<String> names() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    private static Object command(String name, Invocation invocation) {
        return switch (name) {
            case "run" -> new RunCommand(invocation);
            case "wait" -> new WaitCommand(invocation);
            case "resume" -> new ResumeCommand(invocation);
            case "retry" -> new RetryCommand(invocation);
            case "jobs" -> new JobsCommand(invocation);
            case "job" -> new JobCommand(invocation);
            case "why" -> new WhyCommand(invocation);
            case "logs" -> new LogsCommand(invocation);
            case "result" -> new ResultCommand(invocation);
            case "artifacts" -> new ArtifactsCommand(invocation);
            case "stop" -> new StopCommand(invocation);
            case "callback" -> new CallbackCommand(invocation);
            case "prioritize" -> new PrioritizeCommand(invocation);
            case "schedule" -> ScheduleCommand.with(invocation);
            case "hook" -> HookCommand.with(invocation);
            case "notify" -> NotifyCommand.with(invocation);
            case "callbacks" -> CallbacksCommand.with(invocation);
            case "module" -> ModuleCommand.with(invocation);
            case "data" -> DataCommand.with(invocation);
            case "serve" -> new ServeCommand(invocation);
            case "status" -> new StatusCommand(invocation);
            case "config" -> new ConfigCommand(invocation);
            case "queue" -> QueueCommand.with(invocation);
            case "workers" -> new WorkersCommand(invocation);
            case "drain" -> new DrainCommand(invocation);
            case "events" -> new EventsCommand(invocation);
            case "open" -> new OpenCommand(invocation);
            case "token" -> TokenCommand.with(invocation);
            case "secret" -> SecretCommand.with(invocation);
            case "tls" -> TlsCommand.with(invocation);
            case "shell" -> ShellCommand.with(invocation);
            case "version" -> new VersionCommand(invocation);
            case "login" -> new LoginCommand(invocation);
            case "context" -> ContextCommand.with(invocation);
            case "completion" -> new CompletionCommand(invocation, () -> toParse(List.of(), invocation));
            case VALUES -> new ValuesCommand(invocation);
            case "audit" -> AuditCommand.with(invocation);
            case "purge" -> new PurgeCommand(invocation);
            case "backup" -> new BackupCommand(invocation);
            case "restore" -> new RestoreCommand(invocation);
            case "check" -> new CheckCommand(invocation);
            case "migrate" -> new MigrateCommand(invocation);
            case "upgrade" -> new UpgradeCommand(invocation);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing, such as `pawl run` or `pawl serve`.");
    }

    private static String groups(Help help) {
        return GROUPS.entrySet().stream()
                .map(group -> help.createHeading("%n" + group.getKey() + ":%n")
                        + group.getValue().stream()
                                .map(name ->
                                        line(help.commandSpec().subcommands().get(name)))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static String line(@Nullable CommandLine command) {
        CommandSpec spec = requireNonNull(command).getCommandSpec();
        int room = spec.usageMessage().width() - INDENT;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %-" + (INDENT - 2) + "s", spec.name()));
        int used = 0;
        for (String word : spec.usageMessage().description()[0].split(" ", -1)) {
            if (used > 0 && used + 1 + word.length() > room) {
                text.append(System.lineSeparator()).append(" ".repeat(INDENT));
                used = 0;
            }
            text.append(used > 0 ? " " : "").append(word);
            used += (used > 0 ? 1 : 0) + word.length();
        }
        return text.append(System.lineSeparator()).toString();
    }
}
