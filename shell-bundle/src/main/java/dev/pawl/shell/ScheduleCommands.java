package dev.pawl.shell;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Preview;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.shell.Table.Column;
import java.util.List;
import java.util.UUID;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for schedules. */
@Component(service = ScheduleCommands.class)
@GogoCommand(
        scope = "schedule",
        function = {"list", "show", "history", "next", "pause", "resume", "run", "rm"})
public final class ScheduleCommands {
    private final Schedules schedules;
    private final ShellAudit audit;

    @Activate
    public ScheduleCommands(@Reference Schedules schedules, @Reference ShellAudit audit) {
        this.schedules = schedules;
        this.audit = audit;
    }

    @Descriptor("lists the schedules by name")
    public Table list(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "100")
                    @Descriptor("the greatest number of schedules, 1 to 1000")
                    int limit)
            throws CommandException {
        requireWithin(limit, Schedules.MOST_ON_PAGE);
        Table table = new Table(
                "No schedules.",
                Column.cut("NAME"),
                Column.whole("NEXT"),
                Column.whole("LAST"),
                Column.whole("STATUS"),
                Column.cut("WHEN"));
        CommandException.unless(() -> schedules.list(null, limit))
                .forEach(schedule -> table.row(
                        schedule.request().name(),
                        next(schedule),
                        ShellText.moment(schedule.lastAt()),
                        status(schedule.lastStatus()),
                        schedule.sentence()));
        return table;
    }

    @Descriptor("shows one schedule in full")
    public Table show(@Descriptor("its name") String name) throws CommandException {
        return ScheduleDetails.of(CommandException.unless(() -> schedules.get(name)));
    }

    @Descriptor("shows the due times of a schedule and what came of them, the latest first")
    public Table history(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "20")
                    @Descriptor("the greatest number of due times, 1 to 1000")
                    int limit,
            @Descriptor("its name") String name)
            throws CommandException {
        requireWithin(limit, Schedules.MOST_FIRES);
        Table table = new Table(
                "It has not been due yet.",
                Column.whole("DUE"),
                Column.whole("OUTCOME"),
                Column.whole("JOB"),
                Column.wrap("DETAIL"));
        List<Fire> fires = CommandException.unless(() -> schedules.history(name, null, limit));
        fires.forEach(fire ->
                table.row(ShellText.moment(fire.dueAt()), fire.outcome().wireName(), id(fire.job()), fire.detail()));
        return table;
    }

    @Descriptor("shows the next times of a schedule")
    public String next(
            @Parameter(
                            names = {"-n", "--count"},
                            absentValue = "10")
                    @Descriptor("the number of times, 1 to 1000")
                    int count,
            @Descriptor("its name") String name)
            throws CommandException {
        requireWithin(count, Schedules.MOST_TIMES);
        Preview preview = CommandException.unless(
                () -> schedules.preview(schedules.get(name).request().timing(), count));
        StringBuilder text = new StringBuilder(preview.sentence());
        preview.next().forEach(time -> text.append('\n').append(ShellText.moment(time)));
        return text.toString();
    }

    @Descriptor("pauses a schedule: its times pass without a job")
    public String pause(@Descriptor("its name") String name) throws CommandException, InterruptedException {
        audit.atOnce("schedule.pause", name, () -> schedules.pause(name));
        return "Schedule " + name + " is paused.";
    }

    @Descriptor("ends the pause of a schedule")
    public String resume(@Descriptor("its name") String name) throws CommandException, InterruptedException {
        ScheduleEntry schedule = audit.atOnce("schedule.resume", name, () -> schedules.resume(name));
        return "Schedule " + name + " is resumed; next: " + ShellText.moment(schedule.nextAt()) + ".";
    }

    @Descriptor("starts one job of a schedule now, paused or not")
    public String run(@Descriptor("its name") String name) throws CommandException, InterruptedException {
        Job job = audit.atOnce("schedule.run", name, () -> schedules.run(name));
        return job.id().toString();
    }

    @Descriptor("removes a schedule and its history; its jobs stay")
    public String rm(@Descriptor("its name") String name) throws CommandException, InterruptedException {
        audit.atOnce("schedule.remove", name, () -> schedules.remove(name).thenApply(done -> true));
        return "Schedule " + name + " is removed.";
    }

    /** The next due time of a schedule, or why there is none. */
    static String next(ScheduleEntry schedule) {
        return schedule.request().paused() ? "paused" : ShellText.moment(schedule.nextAt());
    }

    private static void requireWithin(int number, int most) throws CommandException {
        if (number < 1 || number > most) {
            throw new CommandException("-n is " + number + "; it takes 1 to " + most + ".");
        }
    }

    /** The status of a last job; a dash when it is not known. */
    static String status(@Nullable JobStatus status) {
        return status == null ? "-" : status.wireName();
    }

    private static String id(@Nullable UUID job) {
        return job == null ? "-" : ShellText.id(job);
    }
}
