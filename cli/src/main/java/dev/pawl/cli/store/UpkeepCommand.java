package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ServerAddress.Origin;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.screen.Screen;
import dev.pawl.launch.UpkeepWork;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that maintains the store: the server executes it when one is running, else this process does. */
abstract class UpkeepCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    UpkeepCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public final Integer call() throws Exception {
        output.prepare(screen());
        JsonNode answer = execute();
        output.show(answer, screen(), this::report);
        return exitCode(answer);
    }

    /** Executes it and returns the answer. */
    protected abstract JsonNode execute() throws Exception;

    /** Prints the result for people. */
    abstract void report(JsonNode answer);

    int exitCode(JsonNode answer) {
        return ExitCode.OK;
    }

    /** Lets the server execute it, or this process when no server answers for this data folder. */
    protected final JsonNode either(UpkeepWork work, Map<String, String> arguments) throws Exception {
        Api api = new Api(server.find(invocation));
        try {
            ServerSession.find(api);
        } catch (NoServerException e) {
            if (api.address().origin() == Origin.OPTION || invocation.embedded().isEmpty()) {
                throw e;
            }
            return here(work, arguments);
        }
        Query query = new Query(work.address());
        arguments.forEach(query::with);
        Answer answer = work.onlyReads() ? api.get(query.toString()) : api.post(query.toString());
        return answer.json();
    }

    /** Executes it in this process. */
    protected final JsonNode here(UpkeepWork work, Map<String, String> arguments) throws Exception {
        if (invocation.embedded().isEmpty()) {
            throw new UsageException(
                    "This command was installed without the server; use bin/pawl of a full distribution.");
        }
        return JsonTrees.of(invocation.embedded().get().upkeep(work, arguments, server.flags()));
    }

    protected final Screen screen() {
        return invocation.screen();
    }
}
