package dev.pawl.samples.http;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.samples.http.HttpInputs.Retries;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.WebAnswer;
import dev.pawl.web.WebClient;
import dev.pawl.web.WebRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gets pages: at the asked rate, with credentials where they belong, and again when that may help. */
final class PageCalls {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    /** The part of a wait by which it may be longer, so that jobs that failed together do not return together. */
    private static final int JITTER = 5;

    private final Plan plan;
    private final Access access;
    private final Credentials credentials;
    private final WebClient client;
    private final TaskContext task;
    private final InstantSource clock;
    private final RateLimit rate;
    private boolean saidWithheld;

    PageCalls(Plan plan, Access access, WebClient client, TaskContext task, InstantSource clock) {
        this.plan = plan;
        this.access = access;
        credentials = access.credentials();
        this.client = client;
        this.task = task;
        this.clock = clock;
        rate = new RateLimit(plan.inputs().requestsPerSecond(), plan.inputs().requestsPerMinute());
    }

    /**
     * Gets one page.
     *
     * @return an answer with an expected status
     * @throws RunException when there is none, however often it is asked for
     */
    WebAnswer get(URI url, long number) throws RunException, InterruptedException {
        WebRequest request = request(url, number);
        for (int tried = 0; ; tried++) {
            rate.await(task);
            Failure failure;
            try {
                WebAnswer answer = client.call(request, plan.way(), plan.limits(), task::isCancelled);
                if (plan.expected().accepts(answer.status())) {
                    return answer;
                }
                failure = Failure.of(request, answer, access.masked(answer.text()), plan.expected(), clock);
            } catch (CancellationException ended) {
                task.throwIfCancelled();
                throw ended;
            } catch (RefusedCallException refused) {
                throw new RunException(Access.advice(refused, url), refused);
            } catch (IOException e) {
                failure = new Failure(String.valueOf(e.getMessage()), true, null, e);
            }
            waitOrGiveUp(failure, tried);
        }
    }

    private WebRequest request(URI url, long number) {
        WebRequest request = plan.request().to(url).with(credentials.of(url));
        if (credentials.areWithheldFrom(url) && !saidWithheld) {
            saidWithheld = true;
            task.warning("The host " + url.getHost()
                    + " does not get the configured credentials: it is neither in credential_hosts nor,"
                    + " by its full name, in allowed_hosts.");
        }
        return plan.inputs().method().isIdempotent() || request.has("Idempotency-Key")
                ? request
                : request.with(Map.of("Idempotency-Key", task.idempotencyKey("page-" + number)));
    }

    private void waitOrGiveUp(Failure failure, int tried) throws RunException, InterruptedException {
        Retries retries = plan.retries();
        if (!failure.mayPass() || !plan.repeats() || tried >= retries.count()) {
            String tries = tried == 0 ? "" : " It was tried " + (tried + 1) + " times.";
            throw failure.thrown(failure.sentence() + tries);
        }
        Duration wait = failure.asked() == null ? backoff(retries, tried) : failure.asked();
        if (wait.compareTo(retries.longestWait()) > 0) {
            throw failure.thrown(failure.sentence() + " The server asks to wait " + wait.toSeconds()
                    + " s, longer than retries.longest_wait of "
                    + retries.longestWait().toSeconds() + " s.");
        }
        task.warning(failure.sentence() + " It is tried again in " + wait.toMillis() + " ms (" + (tried + 1) + " of "
                + retries.count() + ").");
        Waits.pause(wait, task);
    }

    private static Duration backoff(Retries retries, int tried) {
        long longest = retries.longestWait().toMillis();
        long plain =
                Math.min(retries.backoff().toMillis() << tried, longest); // an hour doubled 20 times is no overflow
        long millis = Math.min(plain + ThreadLocalRandom.current().nextLong(plain / JITTER + 1), longest);
        return Duration.ofMillis(millis);
    }

    /**
     * A request that did not succeed.
     *
     * @param mayPass whether the same request may succeed later
     * @param asked the wait that the server asks for; null when it says nothing
     */
    private record Failure(
            String sentence,
            boolean mayPass,
            @Nullable Duration asked,
            @Nullable Throwable cause) {

        private static final int MOST_SHOWN = 500;

        RunException thrown(String message) {
            return cause == null ? new RunException(message) : new RunException(message, cause);
        }

        static Failure of(
                WebRequest request, WebAnswer answer, String content, ExpectedStatus expected, InstantSource clock) {
            int status = answer.status();
            String text = content.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            String begins =
                    text.isEmpty() ? "" : " The answer: " + text.substring(0, Math.min(text.length(), MOST_SHOWN));
            Optional<Duration> asked = answer.header("retry-after")
                    .flatMap(value -> RetryAfter.of(value, answer.header("date"), clock.instant()));
            return new Failure(
                    request.method() + " " + answer.url() + " answered " + status + ", expected " + expected + "."
                            + begins,
                    status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS,
                    asked.orElse(null),
                    null);
        }
    }
}
