package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A job that is started anew again and again, the former one being stopped. The latest is followed on a thread of its own, which ends with the
 * job, with the next one, and when this is closed. One thread at a time may call it.
 */
public final class RepeatedJob implements AutoCloseable {
    private final Invocation invocation;
    private final StackOption stack;
    private final Consumer<JsonNode> failed;
    private Optional<Following> following = Optional.empty();

    /**
     * @param stack how much of a failure's stack trace is shown
     * @param failed gets each job that failed, after its failure was shown
     */
    public RepeatedJob(Invocation invocation, StackOption stack, Consumer<JsonNode> failed) {
        this.invocation = invocation;
        this.stack = stack;
        this.failed = failed;
    }

    private record Following(Api api, String job, JobFollower follower, Thread thread) {}

    /** Stops the latest job, unless it has ended, and follows it no longer. */
    public void stop() throws NoServerException, ProblemAnswerException, InterruptedException {
        if (following.isPresent()) {
            Following former = following.get();
            boolean runs = former.thread.isAlive();
            leave();
            if (runs) {
                end(former);
            }
        }
    }

    private static void end(Following former) throws NoServerException, ProblemAnswerException {
        try {
            former.api.post("/jobs/" + Api.segment(former.job) + "/stop");
        } catch (ProblemAnswerException ended) {
            if (ended.status() >= 500) {
                throw ended;
            }
        }
    }

    /** Starts a job and follows it. */
    public void start(Api api, String module, ObjectNode inputs) throws NoServerException, ProblemAnswerException {
        ObjectNode request = JsonTrees.object().put("module_id", module);
        request.set("inputs", inputs);
        String job = JsonTrees.text(api.post("/jobs", request).json(), "id");
        invocation.screen().line(invocation.screen().paint(Colour.BOLD, "Job " + JobText.shortId(job)));
        invocation.screen().flush();
        JobFollower follower = new JobFollower(api, invocation, JobFollower.Show.LINES, 0, new OutputOption());
        Thread thread = new Thread(() -> follow(api, job, follower), "pawl-dev-job");
        thread.setDaemon(true);
        following = Optional.of(new Following(api, job, follower, thread));
        thread.start();
    }

    private void follow(Api api, String job, JobFollower follower) {
        try {
            JsonNode ended = follower.untilEnd(job);
            new JobConclusion(api, invocation, stack).write(ended);
            if (JobText.status(ended).equals("failed")) {
                failed.accept(ended);
            }
        } catch (CommandInterruptedException | InterruptedException left) {
            return; // by the next job, or by the user
        } catch (NoServerException | ProblemAnswerException e) {
            invocation.screen().note(PlainText.oneLine(String.valueOf(e.getMessage())));
        } finally {
            invocation.screen().flush();
        }
    }

    /** Waits until the thread has ended. */
    private void leave() throws InterruptedException {
        if (following.isPresent()) {
            following.get().follower.abandon();
            following.get().thread.join();
            following = Optional.empty();
        }
    }

    /** Follows no job any more; the latest runs on. */
    @Override
    public void close() {
        following.ifPresent(latest -> latest.follower.abandon());
    }
}
