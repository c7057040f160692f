package dev.pawl.testkit;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives each input of a job the values that users type, and looks whether each is answered.
 *
 * @param job the job, of which copies are run
 */
record InputRehearsal(JobHarness job) {

    private static final int MOST_CHECKPOINTS = 200;
    private static final long LONGEST_RUN_S = 5;

    private static final List<Object> TYPED = List.of(
            "",
            " ",
            "null",
            "a\nb\t\u0000",
            "größer 🦉",
            "../../etc/passwd",
            "'; DROP TABLE jobs; --",
            "${user.home} {{ secrets.x }} %s",
            "x".repeat(100_000),
            "-1",
            "1e400",
            "NaN",
            0,
            -1,
            1,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0.5,
            -1e300,
            true,
            List.of(),
            List.of(""),
            List.of("a", 1),
            Map.of(),
            Map.of("a", Map.of("b", List.of())));

    void perform() {
        try (HarnessCopies copies = new HarnessCopies(job)) {
            tryOut(copies.next(), Map.of(), "without any input");
            for (Field field :
                    job.subject(job.script(Interruption.NONE)).inputs().schema().fields()) {
                tryOut(copies.next(), with(field.id(), null), "without the input " + field.id());
                for (Object value : values(field)) {
                    tryOut(
                            copies.next(),
                            with(field.id(), value),
                            "with the input " + field.id() + " = " + shown(value));
                }
            }
        }
    }

    /** The values of every field, and those on its own bounds. */
    private static List<Object> values(Field field) {
        List<Object> values = new ArrayList<>(TYPED);
        if (field.min() != null) {
            values.add(field.min());
        }
        if (field.max() != null) {
            values.add(field.max());
        }
        return values;
    }

    private Map<String, Object> with(String name, @Nullable Object value) {
        Map<String, Object> inputs = new LinkedHashMap<>(job.givenInputs());
        inputs.remove(name);
        if (value != null) {
            inputs.put(name, value);
        }
        return inputs;
    }

    private static void tryOut(JobHarness copy, Map<String, Object> inputs, String how) {
        HarnessScript script =
                copy.inputs(inputs).script(new Interruption(Kind.STOP, Place.CHECKPOINT, MOST_CHECKPOINTS));
        CountDownLatch over = new CountDownLatch(1);
        Thread watch = new Thread(() -> stopLater(script, over), "pawl-rehearsal");
        watch.setDaemon(true);
        watch.start();
        HarnessRun run = copy.run(script);
        over.countDown();
        Throwable thrown = run.thrown();
        if (thrown != null && !isSentence(thrown)) {
            throw run.failed("The job ran " + how + ", and the answer is " + thrown
                    + ". A person cannot act on that: check the value in validate, and throw a ValidationException whose"
                    + " sentence names the input, its value and what it takes. It ended " + run.outcome());
        }
    }

    private static void stopLater(HarnessScript script, CountDownLatch over) {
        try {
            if (!over.await(LONGEST_RUN_S, TimeUnit.SECONDS)) {
                script.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isSentence(Throwable thrown) {
        return thrown instanceof ProblemException
                || thrown instanceof ValidationException
                || thrown instanceof RunException
                || thrown instanceof CleanupException
                || thrown instanceof InitializationException
                || thrown instanceof FileRefusedException;
    }

    private static String shown(Object value) {
        String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "… (" + text.length() + " characters)";
    }
}
