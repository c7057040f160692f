package dev.pawl.shell;

import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import dev.pawl.shell.Table.Column;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for workers. */
@Component(service = WorkerCommands.class)
@GogoCommand(scope = "worker", function = "list")
public final class WorkerCommands {
    private final Workers workers;

    @Activate
    public WorkerCommands(@Reference Workers workers) {
        this.workers = workers;
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

    private static void add(Worker worker, Table table) {
        Double progress = worker.heartbeat().progress();
        String task = worker.heartbeat().task();
        table.row(
                worker.id(),
                worker.heartbeat().hostname(),
                worker.disabled() ? "disabled" : worker.heartbeat().status().wireName(),
                worker.heartbeat().version(),
                task == null ? "" : task,
                progress == null ? "" : progress.intValue() + " %");
    }
}
