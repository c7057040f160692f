package dev.pawl.leak;

import dev.pawl.base.thread.ThreadNames;
import dev.pawl.base.thread.VirtualThreads;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the live threads that hold a class loader. */
final class Threads {

    private final Optional<VirtualThreads> virtual = VirtualThreads.find();

    Stream<String> holding(Owned owned) {
        Map<Thread, StackTraceElement[]> stacks = new HashMap<>(Thread.getAllStackTraces());
        virtual.map(VirtualThreads::live)
                .orElse(List.of())
                .forEach(thread -> stacks.put(thread, thread.getStackTrace()));
        return stacks.entrySet().stream()
                .flatMap(entry -> why(entry.getKey(), entry.getValue(), owned)
                        .map(why -> "Thread \"" + ThreadNames.of(entry.getKey()) + "\" " + why
                                + "; end it when the bundle stops.")
                        .stream())
                .sorted();
    }

    private static Optional<String> why(Thread thread, StackTraceElement[] stack, Owned owned) {
        if (thread == Thread.currentThread()) {
            return Optional.empty();
        }
        if (owned.isOf(thread)) {
            return Optional.of("is of its class " + thread.getClass().getName());
        }
        Optional<String> frame = Arrays.stream(stack)
                .map(StackTraceElement::getClassName)
                .filter(owned.names()::contains)
                .findFirst();
        ClassLoader context = thread.getContextClassLoader();
        if (owned.is(context)) {
            return Optional.of(
                    frame.map(name -> "runs its class " + name).orElse("has its class loader as context class loader"));
        }
        if (owned.isOf(thread.getUncaughtExceptionHandler())) {
            return Optional.of("has its class "
                    + thread.getUncaughtExceptionHandler().getClass().getName() + " as handler of uncaught exceptions");
        }
        // The next version has classes of the same names: its threads have its own class loader as context.
        return frame.filter(name -> context == null || context == ClassLoader.getSystemClassLoader())
                .map(name -> "runs its class " + name);
    }
}
