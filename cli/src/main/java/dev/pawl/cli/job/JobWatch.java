package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerSession;
import dev.pawl.cli.screen.Screen;

/** Watches a job to its end, shows its results and returns an exit code for the outcome. */
final class JobWatch {
    private static final int MOST_RESULTS = 10_000;

    private final ServerSession session;
    private final Invocation invocation;
    private final Screen screen;
    private final OutputOption output;
    private final StackOption stack;
    private boolean isOneOfSeveral;

    JobWatch(ServerSession session, Invocation invocation, OutputOption output, StackOption stack) {
        this.output = output;
        this.stack = stack;
        this.session = session;
        this.invocation = invocation;
        this.screen = invocation.screen();
    }

    /** Shows the job to programs as one of several values. */
    JobWatch asOneOfSeveral() {
        isOneOfSeveral = true;
        return this;
    }

    /**
     * Returns the exit code.
     *
     * @param job its full id
     * @param lines whether its log is shown
     */
    int untilEnd(String job, boolean lines)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        boolean people = !output.isForPrograms() && !output.isQuiet();
        JobFollower.Show show = lines && people ? JobFollower.Show.LINES : JobFollower.Show.NOTHING;
        JobFollower follower = new JobFollower(session.api(), invocation, show, 0, output);
        Interrupts.Registration leaving = invocation.interrupts().onInterrupt(() -> leave(follower, job));
        JsonNode ended;
        try {
            ended = follower.untilEnd(job);
        } finally {
            leaving.cancel();
        }
        if (output.isForPrograms()) {
            if (isOneOfSeveral) {
                output.writeOneOf(withResults(ended), screen);
            } else {
                output.show(withResults(ended), screen, whole -> {});
            }
        } else if (people) {
            new JobConclusion(session.api(), invocation, stack).write(ended);
        }
        return JobText.exitCode(ended);
    }

    /** Prints the message, then ends the command, and only then lets the server stop, which would otherwise look like a failure. */
    private void leave(JobFollower follower, String job) {
        screen.clear();
        String id = JobText.shortId(job);
        screen.note(
                session.isTemporary()
                        ? "Stopping. Job " + id + " keeps its place: `pawl resume " + id
                                + "` or the next `pawl serve` continues it."
                        : "Job " + id + " keeps running: `pawl logs " + id + " --follow` follows it, `pawl stop " + id
                                + "` stops it.");
        follower.abandon();
        session.close();
    }

    private ObjectNode withResults(JsonNode job) throws NoServerException, ProblemAnswerException {
        JsonNode page = new Results(session.api(), JsonTrees.text(job, "id")).page(0, MOST_RESULTS);
        ObjectNode whole = ((ObjectNode) job).deepCopy();
        whole.set("results", page.path("results"));
        whole.set("total", page.path("total"));
        return whole;
    }
}
