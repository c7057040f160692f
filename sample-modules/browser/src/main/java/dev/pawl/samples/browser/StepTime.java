package dev.pawl.samples.browser;

import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;

/** The time that a step may take. Every wait of a step goes through here, so that it ends when the time is over or the task must end. */
final class StepTime {

    private static final long LOOK_EVERY_MS = 50;
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final TaskContext task;
    private final Duration limit;
    private final long end;

    StepTime(TaskContext task, Duration limit) {
        this.task = task;
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Waits for an answer of the browser.
     *
     * @param gone whether no answer will come
     * @throws StepException when the browser refuses, or the time is over
     */
    <T> T await(CompletableFuture<T> answer, BooleanSupplier gone)
            throws StepException, BrowserGoneException, InterruptedException {
        while (true) {
            try {
                return answer.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (gone.getAsBoolean()) {
                    throw new BrowserGoneException("the browser or its page crashed");
                }
                check("the browser did not answer");
            } catch (ExecutionException e) {
                if (gone.getAsBoolean()) {
                    throw new BrowserGoneException("the browser or its page crashed");
                }
                throw new StepException(reason(e.getCause()));
            }
        }
    }

    /** The browser's own words in the answer that Selenium makes a message of. */
    private static String reason(@Nullable Throwable refusal) {
        Matcher said = MESSAGE.matcher(String.valueOf(refusal == null ? null : refusal.getMessage()));
        return refusal instanceof WebDriverException && said.find()
                ? "the browser says: " + said.group(1).replace("\\\"", "\"")
                : String.valueOf(refusal);
    }

    /** Waits a moment before another look. */
    void pause(String sofar) throws StepException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        check(sofar);
    }

    /**
     * Ends a step whose time is over.
     *
     * @param sofar what it has been waiting for, as a clause
     */
    void check(String sofar) throws StepException {
        task.throwIfCancelled();
        if (System.nanoTime() - end > 0) {
            throw new StepException(sofar + " within " + limit.toSeconds() + " s");
        }
    }
}
