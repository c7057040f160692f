package dev.pawl.processes.run;

import dev.pawl.api.module.TaskContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A task whose results take their time, as with a slow store. */
final class SlowContext {

    private SlowContext() {}

    static TaskContext of(TaskContext task, Duration each) {
        return (TaskContext) Proxy.newProxyInstance(
                SlowContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("emit")) {
                        long until = System.nanoTime() + each.toNanos();
                        while (System.nanoTime() < until) {
                            LockSupport.parkNanos(until - System.nanoTime());
                        }
                    }
                    try {
                        return method.invoke(task, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
