package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;
import java.util.ArrayList;
import java.util.List;

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
        return start(request, manner, (session, answer) -> {
            String job = JsonTrees.text(answer, "id");
            announce(job, manner);
            return new JobWatch(session, invocation, output, stack).untilEnd(job, manner.showsLog());
        });
    }

    /** Starts several jobs, follows one after the other, and returns the command's exit code. */
    int runAll(Request request, Manner manner) throws Exception {
        return start(request, manner, (session, answer) -> {
            int exit = ExitCode.OK;
            for (JsonNode each : answer.path("jobs")) {
                String job = JsonTrees.text(each, "id");
                announce(job, manner);
                JobWatch watch = new JobWatch(session, invocation, output, stack).asOneOfSeveral();
                exit = Math.max(exit, watch.untilEnd(job, manner.showsLog()));
            }
            return exit;
        });
    }

    /** Follows the jobs of a start. */
    private interface Following {
        /** Follows them; returns the exit code. */
        int follow(ServerSession session, JsonNode answer) throws Exception;
    }

    private int start(Request request, Manner manner, Following following) throws Exception {
        output.prepare(invocation.screen());
        if (manner.leaves()) {
            try (ServerSession session = ServerSession.found(server, invocation)) {
                output.show(request.send(session.api()), invocation.screen(), started -> ids(started)
                        .forEach(invocation.screen()::line));
                return ExitCode.OK;
            }
        }
        try (ServerSession session = ServerSession.open(server, invocation)) {
            return following.follow(session, request.send(session.api()).json());
        }
    }

    private static List<String> ids(JsonNode started) {
        List<String> ids = new ArrayList<>();
        started.path("jobs").forEach(job -> ids.add(JsonTrees.text(job, "id")));
        return ids.isEmpty() ? List.of(JsonTrees.text(started, "id")) : ids;
    }

    private void announce(String job, Manner manner) {
        if (output.isQuiet() || (manner.showsLog() && !output.isForPrograms())) {
            invocation.screen().line(output.isQuiet() ? job : "Job " + job);
            invocation.screen().flush();
        }
    }
}
