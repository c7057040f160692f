package dev.pawl.samples.browser;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task. A group of steps begins at each {@code goto}. Its results are kept until its end, and become final with the checkpoint there; a
 * group that did not come so far is done again from its {@code goto}, with the cookies that the page had before it.
 */
final class TaskRun {

    private static final String DONE = "done";
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_KEPT = 10_000;

    private final TaskContext task;
    private final BrowserPool pool;
    private final BrowserModule.Inputs inputs;
    private final Steps steps;
    private final Tab.Reach reach;
    private final Duration stepTime;
    private final CookieJar cookies;
    private @Nullable Tab tab;

    TaskRun(TaskContext task, BrowserPool pool, Steps steps, Tab.Reach reach) {
        this.task = task;
        this.pool = pool;
        this.steps = steps;
        this.reach = reach;
        inputs = task.inputs(BrowserModule.Inputs.class);
        stepTime =
                Duration.ofSeconds(task.settings(BrowserModule.Settings.class).stepTimeoutS());
        cookies = new CookieJar(task.workDir(), pool.sessions(), inputs.session());
    }

    /** Does what the last checkpoint has not covered. */
    void run() throws RunException, InterruptedException {
        try {
            int done = task.checkpoint(DONE, 0);
            while (done < steps.count()) {
                done = group(done);
            }
        } finally {
            close();
        }
    }

    private void close() {
        if (tab != null) {
            tab.close();
            tab = null;
        }
    }

    private int group(int begin) throws RunException, InterruptedException {
        int end = steps.groupEnd(begin);
        Attempt attempt = new Attempt(begin);
        try {
            attempt.run(end);
        } catch (BrowserGoneException first) {
            task.warning(attempt.where() + ": " + first.getMessage() + "; "
                    + (attempt.n > begin ? "the steps from " + steps.name(begin) + " on are" : "it is")
                    + " done again in another browser.");
            close();
            attempt = new Attempt(begin);
            try {
                attempt.run(end);
            } catch (BrowserGoneException second) {
                throw new RunException(
                        attempt.where() + " failed: " + second.getMessage() + ", and did so again in another browser.");
            }
        }
        attempt.results.forEach(task::emit);
        task.progress(100.0 * end / steps.count(), Map.of("step", end, "steps", steps.count()));
        task.checkpoint(Map.of(DONE, end));
        return end;
    }

    /** One try at a group of steps. */
    private final class Attempt {

        private final List<Map<String, @Nullable Object>> results = new ArrayList<>();
        private int n;
        private String address = "";

        Attempt(int begin) {
            n = begin;
        }

        /** The step that is being done, in words that begin a sentence. */
        String where() {
            String name = steps.name(n);
            return "S" + name.substring(1) + (address.isEmpty() ? "" : " at " + Steps.withoutPassword(address));
        }

        void run(int end) throws RunException, BrowserGoneException, InterruptedException {
            int begin = n;
            try {
                Tab open = open();
                StepRunner runner = new StepRunner(task, steps, open, this::add);
                for (n = begin; n < end; n++) {
                    Step step = steps.get(n);
                    StepTime time = time(step.timeoutS() == null ? stepTime : Duration.ofSeconds(step.timeoutS()));
                    runner.run(step, time);
                    address = open.page().address(time);
                    task.info(where() + ": done");
                    task.progress(100.0 * (n + 1) / steps.count(), Map.of("step", n + 1, "steps", steps.count()));
                }
                n = end - 1;
                cookies.save(open.page().cookies(time(stepTime)), end < steps.count());
            } catch (StepException e) {
                throw new RunException(where() + " failed: " + e.getMessage() + ".");
            }
        }

        private void add(Map<String, @Nullable Object> result) {
            results.add(result);
            if (results.size() > MOST_KEPT) {
                throw new IllegalStateException("a group of steps has more than " + MOST_KEPT + " results");
            }
        }

        private Tab open() throws StepException, BrowserGoneException, InterruptedException {
            Tab open = tab;
            if (open == null) {
                Viewport viewport = new Viewport(inputs.width(), inputs.height(), inputs.userAgent());
                open = Tab.open(pool, task, reach, viewport, time(LONGEST_WAIT));
                tab = open;
                open.page().cookies(cookies.load(n > 0), time(stepTime));
            }
            return open;
        }

        private StepTime time(Duration limit) {
            return new StepTime(task, limit);
        }
    }
}
