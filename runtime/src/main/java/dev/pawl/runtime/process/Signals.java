package dev.pawl.runtime.process;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handles the signals that end a process: the first one causes a clean stop, the second ends the process at once. The JDK's default would
 * end it with code 143 after a clean stop, and ignore the second signal.
 */
public final class Signals {

    private static final List<String> ENDING = List.of("TERM", "INT");

    private final Runnable stop;
    private final AtomicBoolean asked = new AtomicBoolean();

    private Signals(Runnable stop) {
        this.stop = stop;
    }

    /**
     * Installs the handlers. When the JVM does not support that, its default remains: a shutdown hook still stops the server.
     *
     * @param stop run once, on a thread of its own
     */
    public static void answerWith(Runnable stop) {
        Signals signals = new Signals(stop);
        try {
            // The type belongs to the module jdk.unsupported, about which javac warns.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answer = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> signals.received();
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> "Pawl's signal handler";
                    });
            for (String name : ENDING) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), answer);
            }
        } catch (ReflectiveOperationException withoutSignals) {
            org.slf4j.LoggerFactory.getLogger(Signals.class)
                    .debug("This JVM does not support signal handlers.", withoutSignals);
        }
    }

    private Object received() {
        if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(1);
        }
        new Thread(stop, "pawl-stop").start();
        return this;
    }
}
