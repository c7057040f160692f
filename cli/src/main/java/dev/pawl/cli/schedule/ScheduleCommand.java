package dev.pawl.cli.schedule;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Contains the commands for schedules. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        description = "Starts jobs at times: sets, lists, pauses and removes schedules.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl schedule set nightly --cron '0 3 * * 1-5' hello -i name=World",
            "  pawl schedule next --cron '0 3 * * 1-5' --zone Europe/Berlin",
            "  pawl schedule history nightly"
        })
public final class ScheduleCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ScheduleCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new ScheduleCommand())
                .addSubcommand(new ScheduleListCommand(invocation))
                .addSubcommand(new ScheduleShowCommand(invocation))
                .addSubcommand(new ScheduleSetCommand(invocation))
                .addSubcommand(new ScheduleApplyCommand(invocation))
                .addSubcommand(new Remove(invocation))
                .addSubcommand(new Pause(invocation))
                .addSubcommand(new Resume(invocation))
                .addSubcommand(new Run(invocation))
                .addSubcommand(new ScheduleHistoryCommand(invocation))
                .addSubcommand(new ScheduleNextCommand(invocation))
                .addSubcommand(new ScheduleUpcomingCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: list, show, set, apply, rm, pause, resume, run, history, next or upcoming.");
    }

    /** A command for one schedule. */
    abstract static class OfOne extends NamedCommand {
        OfOne(Invocation invocation) {
            super(invocation, "/schedules");
        }
    }

    /** Removes a schedule. */
    @Command(
            name = "rm",
            aliases = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a schedule and its history; its jobs stay.",
            footerHeading = "%nExample:%n",
            footer = "  pawl schedule rm nightly")
    static final class Remove extends OfOne {
        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return remove(api);
        }
    }

    /** Pauses a schedule. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Pauses a schedule: its times pass without a job.",
            footerHeading = "%nExample:%n",
            footer = "  pawl schedule pause nightly")
    static final class Pause extends OfOne {
        Pause(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.post(path() + "/pause", JsonTrees.object()), schedule -> screen().line(
                            "Paused " + name() + "."));
        }
    }

    /** Ends the pause of a schedule. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Ends the pause of a schedule.",
            footerHeading = "%nExample:%n",
            footer = "  pawl schedule resume nightly")
    static final class Resume extends OfOne {
        Resume(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.post(path() + "/resume", JsonTrees.object()), schedule -> screen().line("Resumed " + name()
                    + "; next: " + times().toCome(JsonTrees.text(schedule, "next_at")) + "."));
        }
    }

    /** Starts a job of a schedule now. */
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Starts one job of a schedule now, paused or not.",
            footerHeading = "%nExamples:%n",
            footer = {"  pawl schedule run nightly", "  pawl logs $(pawl schedule run nightly) --follow"})
    static final class Run extends OfOne {
        Run(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.post(path() + "/run", JsonTrees.object()), started -> screen().line(
                            JsonTrees.text(started, "job_id")));
        }
    }
}
