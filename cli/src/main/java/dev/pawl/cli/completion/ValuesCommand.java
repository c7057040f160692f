package dev.pawl.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ContextFile;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the values that a completion script asks for, one on each line; nothing when a server does not answer at once. */
@Command(name = "__values", hidden = true, description = "For completion scripts.")
public final class ValuesCommand implements Callable<Integer> {
    /** The longest wait for the server; a person waits for the Tab key. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @Parameters(index = "0")
    private ValueKind kind = ValueKind.NONE;

    @Parameters(index = "1", arity = "0..1")
    private String module = "";

    @Mixin
    private final ServerOptions server = new ServerOptions();

    private final Invocation invocation;

    public ValuesCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try {
            values().forEach(invocation.screen()::line);
        } catch (NoServerException | ProblemAnswerException | UsageException | RefusedException e) {
            return ExitCode.OK; // a completion is no place for errors
        }
        return ExitCode.OK;
    }

    private Collection<String> values()
            throws NoServerException, ProblemAnswerException, UsageException, RefusedException {
        return switch (kind) {
            case JOBS -> of("/jobs?limit=50", "jobs", "id", "");
            case MODULES -> of("/modules", "modules", "id", "");
            case SECRETS -> of("/secrets", "secrets", "name", "");
            case SCHEDULES -> of("/schedules", "schedules", "name", "");
            case HOOKS -> of("/hooks", "hooks", "name", "");
            case NOTIFICATIONS -> of("/notifications", "notifications", "name", "");
            case CALLBACKS -> of("/callbacks?limit=50", "callbacks", "id", "");
            case WORKERS -> of("/workers", "workers", "worker_id", "");
            case INPUTS -> of("/modules/" + Api.segment(module), "inputs", "id", "=");
            case CONTEXTS ->
                ContextFile.of(invocation.environment()).read().byName().keySet();
            case NONE -> List.of();
        };
    }

    private List<String> of(String path, String list, String member, String end)
            throws NoServerException, ProblemAnswerException, UsageException, RefusedException {
        JsonNode answer = new Api(server.find(invocation), PATIENCE).get(path).json();
        Stream<JsonNode> found = JsonTrees.stream(answer.path(list));
        return found.map(one -> JsonTrees.text(one, member) + end).toList();
    }
}
