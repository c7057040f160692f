package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Continues an interrupted job: every server resumes such jobs when it starts, so this starts one and follows the job. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Continues a job that was interrupted or waits for a certain time, and follows it.",
        footerHeading = "%nExample:%n",
        footer = "  pawl resume 3f2a91c4")
public final class ResumeCommand implements Callable<Integer> {
    /** The code of the problem that the job has ended. */
    private static final String ENDED = "PAWL-114";

    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final StackOption stack = new StackOption();

    private final Invocation invocation;

    public ResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        output.prepare(invocation.screen());
        try (ServerSession session = ServerSession.open(server, invocation)) {
            JsonNode found = resumed(session.api());
            return new JobWatch(session, invocation, output, stack).untilEnd(JsonTrees.text(found, "id"), true);
        }
    }

    /** A short job may have ended since the server resumed it; then only its end is shown. */
    private JsonNode resumed(Api api) throws Exception {
        String path = "/jobs/" + Api.segment(job);
        try {
            return api.post(path + "/resume").json();
        } catch (ProblemAnswerException e) {
            if (!ENDED.equals(e.code())) {
                throw e;
            }
            return api.get(path).json();
        }
    }
}
