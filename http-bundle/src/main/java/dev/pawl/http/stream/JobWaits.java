package dev.pawl.http.stream;

import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/** The requests that wait for the ends of jobs. No thread waits with them. */
public final class JobWaits implements AutoCloseable {

    /** The longest wait; a longer one that is asked for is reduced to it. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private final Supplier<Scheduler> scheduler;
    private final FollowerLimit followers;
    private final Set<JobWait> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public JobWaits(Supplier<Scheduler> scheduler, FollowerLimit followers) {
        this.scheduler = scheduler;
        this.followers = followers;
    }

    /**
     * Completes when the job has ended or is gone, when the time is over, when the client has hung up, or when the server stops.
     *
     * @throws ProblemException when too many clients wait already, or there is no such job
     */
    public CompletableFuture<Void> end(Request request, String job, Duration most) {
        if (!followers.enter()) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "At most " + followers.most() + " clients can follow logs or wait for jobs at once.");
        }
        var wait = new JobWait(request, most.compareTo(LONGEST) < 0 ? most : LONGEST);
        open.add(wait);
        CompletableFuture<Void> over = wait.over().whenComplete((done, failure) -> {
            open.remove(wait);
            followers.leave();
        });
        try {
            wait.begin(scheduler.get(), job);
        } catch (RuntimeException | Error e) {
            wait.finish();
            throw e;
        }
        if (closed) {
            wait.finish();
        }
        return over;
    }

    /** The number of requests that wait now. */
    int size() {
        return open.size();
    }

    /** Ends all waits; their requests are answered with the jobs as they are. */
    @Override
    public void close() {
        closed = true;
        open.forEach(JobWait::finish);
    }
}
