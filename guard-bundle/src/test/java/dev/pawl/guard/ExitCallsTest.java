package dev.pawl.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.guard.ServerExitError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCallsTest {

    @Test
    void everyWayOutThrowsInstead() throws Exception {
        Map<String, IntConsumer> ways = guardedWays();
        assertEquals(6, ways.size());
        ways.forEach((name, way) -> {
            ServerExitError thrown = assertThrows(ServerExitError.class, () -> way.accept(7), name);
            assertTrue(thrown.getMessage().contains("(7), which would have ended the server."), thrown.getMessage());
        });
    }

    @Test
    void theSentenceNamesTheCall() throws Exception {
        Map<String, IntConsumer> ways = guardedWays();
        for (String call : List.of("System.exit", "Runtime.exit", "Runtime.halt")) {
            IntConsumer way = ways.get(call);
            String message =
                    assertThrows(ServerExitError.class, () -> way.accept(1)).getMessage();
            assertTrue(message.startsWith("Module code called " + call + "(1)"), message);
        }
    }

    @Test
    void whatEndsNothingStaysAsItIs() {
        for (Class<?> type : List.of(String.class, ExitCalls.class, CompletionException.class, Pattern.class)) {
            byte[] original = bytesOf(type);
            assertSame(original, ExitCalls.replaced(original), type.getName());
        }
    }

    @Test
    void classesOfTheJdkThatEndItAreStillWellFormedAfterwards() {
        int changed = 0;
        for (Class<?> type : List.of(Runtime.class, System.class, Thread.class, java.util.Scanner.class)) {
            byte[] original = bytesOf(type);
            byte[] replaced = ExitCalls.replaced(original);
            if (replaced != original) {
                changed++;
                new ConstantPool(replaced);
            }
        }
        assertEquals(1, changed, "only System.exit changes, since it calls Runtime.exit");
    }

    @Test
    void whatIsNoClassFileIsRefused() {
        byte[] cut = Arrays.copyOf(bytesOf(Leaver.class), 300);
        assertThrows(IndexOutOfBoundsException.class, () -> ExitCalls.replaced(cut));
        byte[] odd = bytesOf(Leaver.class);
        odd[ConstantPool.START] = 99;
        assertThrows(IllegalArgumentException.class, () -> ExitCalls.replaced(odd));
    }

    @SuppressWarnings("unchecked") // the method is ours
    private static Map<String, IntConsumer> guardedWays() throws ReflectiveOperationException {
        Class<?> guarded = new Guarded().loadClass(Leaver.class.getName());
        try {
            return (Map<String, IntConsumer>) guarded.getMethod("ways").invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError("The class does not pass the JVM's verifier.", e.getCause());
        }
    }

    private static byte[] bytesOf(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the one class again, with its calls replaced. */
    private static final class Guarded extends ClassLoader {

        Guarded() {
            super(Leaver.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Leaver.class.getName())) {
                return super.loadClass(name, resolve);
            }
            byte[] guarded = ExitCalls.replaced(bytesOf(Leaver.class));
            return defineClass(name, guarded, 0, guarded.length);
        }
    }
}
