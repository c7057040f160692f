package dev.pawl.shell;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import dev.pawl.shell.Table.Column;
import java.time.Duration;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for workers. */
@Component(service = WorkerCommands.class)
@GogoCommand(
        scope = "worker",
        function = {"list", "drain", "undrain"})
public final class WorkerCommands {
    private final Workers workers;
    private final Scheduler scheduler;
    private final ShellAudit audit;

    @Activate
    public WorkerCommands(@Reference Workers workers, @Reference Scheduler scheduler, @Reference ShellAudit audit) {
        this.workers = workers;
        this.scheduler = scheduler;
        this.audit = audit;
    }

    @Descriptor("lists the workers that share the queue")
    public Table list() throws CommandException {
        Table table = new Table(
                "No workers.",
                Column.cut("ID"),
                Column.cut("HOST"),
                Column.whole("STATUS"),
                Column.cut("VERSION"),
                Column.cut("TASK"),
                Column.whole("PROGRESS"));
        CommandException.unless(workers::workers).forEach(worker -> add(worker, table));
        return table;
    }

    @Descriptor(
            "lets this server take no jobs, and hand over those that it runs; it goes on to answer, also after a restart")
    public String drain(
            @Parameter(names = "--drain-timeout", absentValue = "30s")
                    @Descriptor("how long to wait for the jobs' checkpoints, at most 24h")
                    String drainTime)
            throws CommandException, InterruptedException {
        return drain(drainTime, own());
    }

    @Descriptor(
            "lets a server take no jobs, and hand over those that it runs; it goes on to answer, also after a restart")
    public String drain(
            @Parameter(names = "--drain-timeout", absentValue = "30s")
                    @Descriptor("how long to wait for the jobs' checkpoints, at most 24h")
                    String drainTime,
            @Descriptor("the server's id or name") String server)
            throws CommandException, InterruptedException {
        Duration time = CommandException.unless(() -> time(drainTime));
        String id = id(server);
        audit.atOnce("worker.change", id, () -> workers.drain(id, time).thenApply(done -> true));
        return "Server " + server + " is drained: it takes no jobs until worker:undrain " + server
                + "; worker:list tells how far it is.";
    }

    @Descriptor("lets this server take jobs again")
    public String undrain() throws CommandException, InterruptedException {
        return undrain(own());
    }

    @Descriptor("lets a server take jobs again")
    public String undrain(@Descriptor("the server's id or name") String server)
            throws CommandException, InterruptedException {
        String id = id(server);
        audit.atOnce("worker.change", id, () -> workers.undrain(id).thenApply(done -> true));
        return "Server " + server + " takes jobs again.";
    }

    private static Duration time(String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--drain-timeout is \"" + text + "\"; it takes a time such as 30s or 2m."));
    }

    private String own() throws CommandException {
        return CommandException.unless(() -> scheduler.status().workerId());
    }

    /** The id of a server, or the only server with a name; what names none is left to the workers, which say so. */
    private String id(String server) throws CommandException {
        List<String> named = CommandException.unless(workers::workers).stream()
                .filter(worker ->
                        worker.server() != null && worker.server().name().equals(server))
                .map(Worker::id)
                .toList();
        if (named.size() > 1) {
            throw new CommandException(
                    "\"" + server + "\" is the name of several servers: " + String.join(", ", named) + ". Give an id.");
        }
        return named.isEmpty() ? server : named.get(0);
    }

    private static String status(Worker worker) {
        DrainState drain = worker.drain();
        return drain != null
                ? drain.wireName()
                : worker.disabled() ? "disabled" : worker.heartbeat().status().wireName();
    }

    private static void add(Worker worker, Table table) {
        Double progress = worker.heartbeat().progress();
        String task = worker.heartbeat().task();
        table.row(
                worker.id(),
                worker.heartbeat().hostname(),
                status(worker),
                worker.heartbeat().version(),
                task == null ? "" : task,
                progress == null ? "" : progress.intValue() + " %");
    }
}
