package dev.pawl.shell;

import dev.pawl.api.module.Role;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Task;
import dev.pawl.shell.Table.Column;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for jobs: parse, call, return a table; no rules here, nothing printed. */
@Component(service = JobCommands.class)
@GogoCommand(
        scope = "job",
        function = {"run", "list", "show", "why", "logs", "results", "stop", "resume"})
public final class JobCommands {

    private final Scheduler scheduler;
    private final ModuleCatalog catalog;
    private final ShellAudit audit;

    @Activate
    public JobCommands(@Reference Scheduler scheduler, @Reference ModuleCatalog catalog, @Reference ShellAudit audit) {
        this.scheduler = scheduler;
        this.catalog = catalog;
        this.audit = audit;
    }

    @Descriptor("runs a module as a job, such as: job:run hello name=World count=3")
    public String run(
            @Descriptor("the module's id") String module, @Descriptor("inputs as name=value") String... inputs)
            throws CommandException, InterruptedException {
        Map<String, String> texts = ShellText.pairs(inputs);
        Map<String, Object> given = CommandException.unless(() -> catalog.inputs(module, texts));
        Job job = audit.atOnce(
                "job.start",
                "",
                () -> scheduler.start(JobRequest.builder(List.of(new Task(module, given)))
                        .role(Role.ADMIN)
                        .build()));
        return job.id().toString();
    }

    @Descriptor("lists jobs, newest first")
    public Table list(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "20")
                    @Descriptor("the greatest number of jobs, 1 to 1000")
                    int limit)
            throws CommandException {
        return table(
                CommandException.unless(() -> scheduler.jobs(JobFilter.all().withLimit(limit)))
                        .jobs());
    }

    @Descriptor("shows one job in full")
    public Table show(@Descriptor("its id, or the first 8 or more characters") String id) throws CommandException {
        JobView view = CommandException.unless(() -> scheduler.job(id));
        return JobDetails.of(
                view, CommandException.unless(() -> scheduler.runs(id, Long.MAX_VALUE, JobDetails.RUNS_SHOWN)));
    }

    @Descriptor("explains why a job is not running, and what would let it run")
    public String why(@Descriptor("its id, or the first 8 or more characters") String id) throws CommandException {
        Reason reason = CommandException.unless(() -> scheduler.why(id));
        return (reason.sentence() + " " + reason.unblockedBy()).strip();
    }

    @Descriptor("shows the end of a job's log")
    public Table logs(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "100")
                    @Descriptor("how many entries at most, 1 to 10000")
                    int limit,
            @Descriptor("its id, or the first 8 or more characters") String id)
            throws CommandException {
        Table table =
                new Table("The log is empty.", Column.whole("TIME"), Column.whole("LEVEL"), Column.wrap("MESSAGE"));
        CommandException.unless(() -> scheduler.logs(id, limit))
                .forEach(entry -> table.row(ShellText.moment(entry.timestamp()), entry.level(), entry.message()));
        return table;
    }

    @Descriptor("shows a job's results")
    public Table results(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "100")
                    @Descriptor("how many at most, 1 to 10000")
                    int limit,
            @Descriptor("its id, or the first 8 or more characters") String id)
            throws CommandException {
        Table table = new Table("No results.", Column.whole("NUMBER"), Column.wrap("RESULT"));
        CommandException.unless(() -> scheduler.results(id, 0, limit))
                .results()
                .forEach(result -> table.row(result.sequence() + (result.tentative() ? "?" : ""), result.json()));
        return table;
    }

    @Descriptor("stops a waiting or running job")
    public String stop(@Descriptor("its id, or the first 8 or more characters") String id)
            throws CommandException, InterruptedException {
        Job job = audit.atOnce("job.stop", id, () -> scheduler.stop(id));
        return "Job " + job.id() + " is " + job.state().status().wireName() + ".";
    }

    @Descriptor("makes a job that waits for a certain time start as soon as possible")
    public String resume(@Descriptor("its id, or the first 8 or more characters") String id)
            throws CommandException, InterruptedException {
        Job job = audit.atOnce("job.resume", id, () -> scheduler.resume(id));
        return "Job " + job.id() + " is " + job.state().status().wireName() + ".";
    }

    /** Jobs as a table, each with a note. */
    static Table table(List<JobView> jobs) {
        Table table = new Table(
                "No jobs.",
                Column.whole("ID"),
                Column.cut("MODULE"),
                Column.whole("STATUS"),
                Column.whole("CREATED"),
                Column.cut("NOTE"));
        jobs.forEach(view -> table.row(
                ShellText.id(view.job().id()),
                view.job().currentTask().module(),
                view.job().state().status().wireName(),
                ShellText.moment(view.job().createdAt()),
                JobDetails.note(view)));
        return table;
    }
}
