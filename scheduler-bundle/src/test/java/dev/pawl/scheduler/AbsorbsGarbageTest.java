package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AbsorbsGarbageTest {

    private static final int HUGE = 64 * 1024 * 1024;

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;

    record Login(@Secret String password) {}

    private Failure failureOf(Exception thrown) {
        return running.failureOf(task -> {
            throw thrown;
        });
    }

    /** The messages with which the values are refused; none is accepted. */
    private List<String> refusals(Map<String, Object> inTheWay, List<Object> garbage) {
        List<String> refused = new ArrayList<>();
        String id = running.completed(task -> {
            for (Object each : garbage) {
                try {
                    task.emit(each);
                    refused.add("taken: " + each.getClass());
                } catch (IllegalArgumentException e) {
                    refused.add(String.valueOf(e.getMessage()));
                }
            }
            task.emit(inTheWay);
        });
        assertEquals(1, running.results(id).size(), "refused results are not stored, and a later one is");
        return refused;
    }

    /** A bean whose getter throws a given exception. */
    public static final class Trap {
        private final RuntimeException thrown;

        Trap(RuntimeException thrown) {
            this.thrown = thrown;
        }

        /** Throws the exception, if there is one. */
        public String getText() {
            if (thrown != null) {
                throw thrown;
            }
            return "";
        }
    }

    /** A key whose {@code toString} throws. */
    static final class Unsayable {
        @Override
        public String toString() {
            throw new IllegalStateException("no name");
        }
    }

    private static final class HugeMessage extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "m".repeat(HUGE);
        }
    }

    private static final class Speechless extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void whatIsNoJsonIsRefusedWithTheReason() {
        Map<String, Object> unsayable = new HashMap<>();
        unsayable.put("value", Map.of(new Unsayable(), 1));
        Map<String, Object> nameless = new HashMap<>();
        nameless.put(null, 1);
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        List<String> refused = refusals(
                Map.of("good", true),
                List.of(
                        new Trap(new IllegalStateException("odd")),
                        new Trap(new IllegalStateException("x".repeat(HUGE))),
                        unsayable,
                        nameless,
                        Map.of("circle", circle),
                        Map.of("text", "x".repeat(HUGE)),
                        Map.of("thread", new Object())));
        refused.forEach(reason -> assertTrue(
                reason.startsWith("The result ") && reason.length() < 2_000,
                reason.substring(0, Math.min(200, reason.length()))));
        assertEquals("The result is longer than 1,048,576 bytes as JSON, the most it takes.", refused.get(5));
    }

    @Test
    void numbersThatJsonDoesNotHaveAreKeptAsTexts() {
        String id = running.completed(task -> {
            task.emit(Map.of("n", Double.NaN, "f", Float.POSITIVE_INFINITY));
            task.progress(Double.POSITIVE_INFINITY, Map.of("rate", Double.NaN));
        });
        String result = running.results(id).get(0);
        assertTrue(result.contains("\"n\":\"NaN\"") && result.contains("\"f\":\"Infinity\""), result);
        assertEquals(100, running.job(id).state().progress().percent());
    }

    @Test
    void halfACharacterIsRefusedInAValueAndReplacedInALine() {
        String id = running.completed(task -> {
            assertThrows(IllegalArgumentException.class, () -> task.emit(Map.of("text", "a\ud800c")));
            task.emit(Map.of("text", "a\u0000b"));
            task.checkpoint(Map.of("text", "a\u0000b"));
            task.info("line a\u0000b\ud800c");
            task.info("after");
        });
        assertEquals(1, running.results(id).size());
        List<String> log = running.log(id);
        assertTrue(log.get(0).startsWith("line a"), log.toString());
        assertEquals("after", log.get(1));
    }

    @Test
    void aLineThatIsNullOrHugeIsAbsorbedAndALevelThatIsNullRefused() {
        List<Throwable> refused = new ArrayList<>();
        String id = running.completed(task -> {
            task.info(null);
            task.info("y".repeat(HUGE));
            try {
                task.log(null, "no level");
            } catch (NullPointerException e) {
                refused.add(e);
            }
            task.log(LogLevel.DEBUG, "");
        });
        List<String> log = running.log(id);
        assertEquals(3, log.size(), "the refused result is not stored");
        assertEquals("null", log.get(0));
        assertEquals(64 * 1024, log.get(1).length());
        assertEquals(1, refused.size());
    }

    @Test
    void aCheckpointOfTenMegabytesIsRefusedAndTheFormerOneStays() {
        String id = running.completed(task -> {
            task.checkpoint(Map.of("step", 1));
            for (String name : List.of("a", "b")) {
                try {
                    task.checkpoint(Map.of(name, "x".repeat(10 * 1024 * 1024)));
                } catch (IllegalArgumentException e) {
                    task.info(e.getMessage());
                }
            }
            task.info("step " + task.checkpoint("step", 0));
        });
        assertEquals(
                List.of(
                        "The checkpoint is longer than 1,048,576 bytes as JSON, the most it takes.",
                        "The checkpoint is longer than 1,048,576 bytes as JSON, the most it takes.",
                        "step 1"),
                running.log(id));
    }

    @Test
    void anExceptionMayBeAsOddAsItLikes() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        Failure circle = failureOf(first);
        assertEquals("java.lang.Exception: first", circle.message());
        assertTrue(circle.stack().contains("Caused by: java.lang.Exception: second"), circle.stack());
        assertTrue(circle.stack().contains("[seen above]"), circle.stack());

        Failure speechless = failureOf(new Speechless());
        assertTrue(speechless.message().contains("could not be read"), speechless.message());
        assertTrue(speechless.stack().contains("\tat "), speechless.stack());

        Failure huge = failureOf(new RunException("why", new HugeMessage()));
        assertEquals("why", huge.message());
        assertTrue(huge.stack().length() <= 16 * 1024 && huge.stack().contains("HugeMessage: mmm"));
        assertEquals(4 * 1024, failureOf(new HugeMessage()).message().length());
    }

    @Test
    void aSecretIsHiddenWhereverALineOrMessageIsCut() {
        String secret = "open-sesame-and-more";
        modules.put("login", 0, Login.class, AutomationModule.NoFields.class, () -> task -> {
            for (int before = 64 * 1024 - 30; before <= 64 * 1024; before++) {
                task.info("x".repeat(before) + secret + "y".repeat(1000));
            }
            task.info((secret + " ").repeat(10_000));
            throw new RunException("x".repeat(4 * 1024 - 10) + secret + "y".repeat(1000));
        });
        running.modulesChanged();
        String id = running.start(JobRequest.builder(List.of(new Task("login", Map.of("password", secret))))
                .build());
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        running.log(id)
                .forEach(line ->
                        assertTrue(!line.contains("open-") && !line.contains("xope"), "the secret appears in the log"));
        assertTrue(!failure.message().contains("xope") && !failure.stack().contains("xope"), failure.message());
    }
}
