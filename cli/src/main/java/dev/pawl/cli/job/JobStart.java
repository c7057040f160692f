package dev.pawl.cli.job;

import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;

/** The start of a job by a command, which then follows it or leaves. */
final class JobStart {

    private final Invocation invocation;
    private final ServerOptions server;
    private final OutputOption output;
    private final StackOption stack;

    JobStart(Invocation invocation, ServerOptions server, OutputOption output, StackOption stack) {
        this.invocation = invocation;
        this.server = server;
        this.output = output;
        this.stack = stack;
    }

    /** A request that starts a job; its answer has the job's id. */
    interface Request {
        Answer send(Api api) throws Exception;
    }

    /** Starts the job, and returns the command's exit code. */
    int run(Request request, Manner manner) throws Exception {
        output.prepare(invocation.screen());
        if (manner.leaves()) {
            try (ServerSession session = ServerSession.found(server, invocation)) {
                output.show(request.send(session.api()), invocation.screen(), job -> invocation
                        .screen()
                        .line(JsonTrees.text(job, "id")));
                return ExitCode.OK;
            }
        }
        try (ServerSession session = ServerSession.open(server, invocation)) {
            String job = JsonTrees.text(request.send(session.api()).json(), "id");
            if (output.isQuiet() || (manner.showsLog() && !output.isForPrograms())) {
                invocation.screen().line(output.isQuiet() ? job : "Job " + job);
                invocation.screen().flush();
            }
            return new JobWatch(session, invocation, output, stack).untilEnd(job, manner.showsLog());
        }
    }
}
