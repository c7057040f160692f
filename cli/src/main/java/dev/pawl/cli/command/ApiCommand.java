package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** A command that sends requests to a running server and shows the answers. */
public abstract class ApiCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public ApiCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public final Integer call() throws Exception {
        output.prepare(screen());
        return execute(new Api(server.find(invocation)));
    }

    /** Runs the command and returns the exit code. */
    protected abstract int execute(Api api) throws Exception;

    /** Shows an answer: unchanged for programs, its ids for pipes, else by the given function. */
    protected final int show(Answer answer, Consumer<JsonNode> forPeople) {
        output.show(answer, screen(), forPeople);
        return ExitCode.OK;
    }

    protected final OutputOption output() {
        return output;
    }

    protected final Invocation invocation() {
        return invocation;
    }

    protected final Screen screen() {
        return invocation.screen();
    }

    protected final Times times() {
        return invocation.times();
    }
}
