package dev.pawl.cli;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

/** The command itself, which holds all others and shows them in groups. */
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
            "`pawl COMMAND --help` shows what a command takes."
        })
final class PawlCommand implements Runnable {
    private static final Map<String, List<String>> GROUPS = Stream.of(
                    Map.entry("Jobs", List.of("run", "resume", "jobs", "job", "why", "logs", "result", "stop")),
                    Map.entry("Modules and their data", List.of("module", "data")),
                    Map.entry("Server", List.of("serve", "status", "config", "queue", "workers", "version")),
                    Map.entry("Upkeep", List.of("purge", "backup", "restore", "check")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));

    private static final Map<String, Function<Invocation, Object>> COMMANDS =
            Stream.<Map.Entry<String, Function<Invocation, Object>>>of(
                            Map.entry("run", RunCommand::new),
                            Map.entry("resume", ResumeCommand::new),
                            Map.entry("jobs", JobsCommand::new),
                            Map.entry("job", JobCommand::new),
                            Map.entry("why", WhyCommand::new),
                            Map.entry("logs", LogsCommand::new),
                            Map.entry("result", ResultCommand::new),
                            Map.entry("stop", StopCommand::new),
                            Map.entry("module", ModuleCommand::with),
                            Map.entry("data", DataCommand::with),
                            Map.entry("serve", ServeCommand::new),
                            Map.entry("status", StatusCommand::new),
                            Map.entry("config", ConfigCommand::new),
                            Map.entry("queue", QueueCommand::with),
                            Map.entry("workers", WorkersCommand::new),
                            Map.entry("purge", PurgeCommand::new),
                            Map.entry("backup", BackupCommand::new),
                            Map.entry("restore", RestoreCommand::new),
                            Map.entry("check", CheckCommand::new),
                            Map.entry("version", VersionCommand::new))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PawlCommand() {}

    /** What parses these arguments: the command they begin with alone, since to build all of them takes longer than a short one runs. */
    static CommandLine toParse(List<String> arguments, Invocation invocation) {
        boolean named = !arguments.isEmpty() && COMMANDS.containsKey(arguments.get(0));
        CommandLine pawl = new CommandLine(new PawlCommand());
        for (String name : named ? Set.of(arguments.get(0)) : COMMANDS.keySet()) {
            pawl.addSubcommand(requireNonNull(COMMANDS.get(name)).apply(invocation));
        }
        pawl.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        pawl.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, PawlCommand::groups);
        return pawl;
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
        return String.format("  %-10s%s%n", spec.name(), spec.usageMessage().description()[0]);
    }
}
