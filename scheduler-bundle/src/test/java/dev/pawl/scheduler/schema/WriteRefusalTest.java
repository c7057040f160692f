package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that values that cannot be JSON are refused with a helpful message: their path, their class, and the accepted types. */
class WriteRefusalTest {

    private static final String TAKEN = "; it takes records, beans, maps, lists, texts, numbers, booleans and times.";

    private final ModuleMapper mapper = new ModuleMapper();

    /** A bean that contains itself. */
    public static final class Ring {
        public Object getRing() {
            return this;
        }
    }

    /** A bean that always contains another one. */
    public static final class Endless {
        public Object getNext() {
            return new Endless();
        }
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

    private static final class Speechless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    record Row(Object x) {}

    static Stream<Arguments> refused() {
        Map<String, Object> itself = new LinkedHashMap<>();
        itself.put("n", 1);
        itself.put("me", itself);
        Map<String, Object> around = new LinkedHashMap<>();
        around.put("me", Map.of("a", List.of(1, around)));
        List<Object> list = new ArrayList<>();
        list.add(list);
        return Stream.of(
                arguments(
                        Map.of("rows", List.of(1, 2, 3, Map.of("x", new Object()))),
                        "rows[3].x: a java.lang.Object has nothing that could be written"),
                arguments(
                        Map.of("rows", List.of(new Row(Optional.of(new Object())))),
                        "rows[0].x: a java.lang.Object has nothing that could be written"),
                arguments(new Object(), "a java.lang.Object has nothing that could be written"),
                arguments(itself, holdsItself("me", "java.util.LinkedHashMap")),
                arguments(Map.of("rows", List.of(itself)), holdsItself("rows[0].me", "java.util.LinkedHashMap")),
                arguments(around, holdsItself("me.a[1]", "java.util.LinkedHashMap")),
                arguments(Map.of("list", list), holdsItself("list[0]", "java.util.ArrayList")),
                arguments(Map.of("bean", new Ring()), holdsItself("bean.ring", Ring.class.getName())),
                arguments(Map.of("worker", new Thread()), "worker: a java.lang.Thread is no value"),
                arguments(Map.of("loader", new ClassLoader() {}), "is no value"),
                arguments(
                        Map.of("lock", new ReentrantLock()), "a java.util.concurrent.locks.ReentrantLock is no value"),
                arguments(Map.of("socket", new Socket()), "socket: a java.net.Socket is no value"),
                arguments(Map.of("work", (Runnable) () -> {}), "is no value"),
                arguments(Map.of("map", Collections.singletonMap(null, 1)), "a map has a null for a name"),
                arguments(
                        Map.of("trap", new Trap(new IllegalStateException("odd"))),
                        "trap.text: java.lang.IllegalStateException: odd"),
                arguments(
                        Map.of("trap", new Trap(new Speechless())), "trap: java.lang.IllegalStateException: no words"));
    }

    private static String holdsItself(String place, String type) {
        return place + ": a " + type + " holds itself, and so nests deeper than 100 levels";
    }

    private String refusal(Object value) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> mapper.object("The result", value, 1 << 20))
                        .getMessage());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusalNamesThePlaceTheClassAndWhatIsTaken(Object value, String words) {
        String message = refusal(value);
        assertTrue(message.startsWith("The result cannot be kept as JSON: "), message);
        assertTrue(message.endsWith(words + TAKEN), message);
        for (String internal : List.of("jackson", "serializer", "FAIL_ON", "reference chain", "Infinite recursion")) {
            assertTrue(!message.contains(internal), message);
        }
    }

    @Test
    void whatNestsTooDeepWithoutHoldingItselfIsNamedByItsPlace() {
        String message = refusal(Map.of("deep", new Endless()));
        assertTrue(message.startsWith("The result nests deeper than 100 levels, at deep.next.next."), message);
        assertTrue(message.endsWith(TAKEN) && message.length() < 500, message);
    }

    @Test
    void halfACharacterIsNamedByItsPlace() {
        assertEquals(
                "The result holds half of a surrogate pair at rows[1].t, which is no character.",
                refusal(Map.of("rows", List.of(1, Map.of("t", "a\ud800c")))));
    }

    @Test
    void numbersOfOtherKindsAndExceptionsAreValues() {
        String json = mapper.object(
                "It", Map.of("thrown", new IllegalStateException("odd"), "list", Arrays.asList(1, null)), 1 << 20);
        assertTrue(json.contains("\"message\":\"odd\""), json);
        assertEquals(
                "{\"n\":3}", mapper.object("It", Map.of("n", new java.util.concurrent.atomic.AtomicInteger(3)), 99));
    }
}
