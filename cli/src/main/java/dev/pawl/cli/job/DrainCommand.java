package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drains a server, or takes it back. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = "Has a server take no more jobs and hand over its own.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl drain beta --wait && ssh beta reboot",
            "  pawl drain beta --undo",
            "",
            "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no server, 124 not drained yet."
        })
public final class DrainCommand extends ApiCommand {
    private static final Duration LOOK = Duration.ofMillis(250);

    @Parameters(
            paramLabel = "SERVER",
            arity = "0..1",
            description = "Its name, host or id, as `pawl workers` shows them. Default: the server that is asked.")
    private String server = "";

    @Option(names = "--undo", description = "Takes it back: it takes jobs again.")
    private boolean undo;

    @Option(names = "--wait", description = "Returns when nothing runs there any more.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "With --wait: gives up waiting after it, such as 5m. Default: never.")
    private String timeout = "";

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            description =
                    "How long a job has to reach a checkpoint before it is interrupted, at most 24h. Default: 30s.")
    private String drainTimeout = "";

    public DrainCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        if (undo && (wait || !drainTimeout.isEmpty())) {
            throw new UsageException("--undo takes neither --wait nor --drain-timeout: it holds at once.");
        }
        if (!wait && !timeout.isEmpty()) {
            throw new UsageException("--timeout belongs to --wait, which is not there.");
        }
        Duration patience = patience();
        String id = id(api);
        ObjectNode change = JsonTrees.object().put("drain", !undo);
        if (!drainTimeout.isEmpty()) {
            change.put("drain_timeout", drainTimeout);
        }
        Answer answer = api.patch("/workers/" + Api.segment(id), change);
        if (wait) {
            return awaitDrained(api, id, patience);
        }
        return show(answer, attributes -> screen().line(
                        undo
                                ? "Server " + name(id) + " takes jobs again."
                                : "Server " + name(id) + " takes no more jobs, and hands over its own."));
    }

    private Duration patience() throws UsageException {
        return timeout.isEmpty()
                ? Duration.ZERO
                : DurationText.parse(timeout)
                        .filter(time -> !time.isZero())
                        .orElseThrow(() -> new UsageException(
                                "--timeout is \"" + timeout + "\"; it takes a time such as 30s or 10m."));
    }

    private String name(String id) {
        return server.isEmpty() ? id : server;
    }

    /** The id of the server; what names none is left to the server that is asked, which says so. */
    private String id(Api api) throws NoServerException, ProblemAnswerException, UsageException {
        if (server.isEmpty()) {
            return JsonTrees.text(api.get("/status").json(), "worker_id");
        }
        List<JsonNode> workers =
                JsonTrees.stream(api.get("/workers").json().path("workers")).toList();
        List<Predicate<JsonNode>> ways = List.of(
                worker -> JsonTrees.text(worker, "worker_id").equals(server),
                worker -> JsonTrees.text(worker.path("server"), "name").equals(server),
                worker -> JsonTrees.text(worker, "hostname").equals(server),
                worker -> server.length() >= 8
                        && JsonTrees.text(worker, "worker_id").startsWith(server));
        for (Predicate<JsonNode> way : ways) {
            List<String> ids = workers.stream()
                    .filter(way)
                    .map(worker -> JsonTrees.text(worker, "worker_id"))
                    .toList();
            if (ids.size() > 1) {
                throw new UsageException("\"" + server + "\" is the name of several workers: " + String.join(", ", ids)
                        + ". Give an id.");
            }
            if (!ids.isEmpty()) {
                return ids.get(0);
            }
        }
        return server;
    }

    private int awaitDrained(Api api, String id, Duration patience) throws Exception {
        CountDownLatch abandoned = new CountDownLatch(1);
        Interrupts.Registration leaving = invocation().interrupts().onInterrupt(abandoned::countDown);
        long sinceNs = System.nanoTime();
        try {
            while (true) {
                Answer worker = api.get("/workers/" + Api.segment(id));
                if (JsonTrees.text(worker.json(), "drain_state").equals("drained")) {
                    return show(worker, drained -> screen().line("Server " + name(id) + " is drained."));
                }
                if (!worker.json().path("attributes").path("drain").asBoolean()) {
                    screen().note("Server " + name(id) + " was taken back meanwhile.");
                    return ExitCode.FAILED;
                }
                if (!patience.isZero() && System.nanoTime() - sinceNs > patience.toNanos()) {
                    screen().note("Server " + name(id) + " is not drained within " + timeout + ".");
                    return ExitCode.TIMEOUT;
                }
                if (abandoned.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new CommandInterruptedException();
                }
            }
        } finally {
            leaving.cancel();
        }
    }
}
