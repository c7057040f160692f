package dev.pawl.scheduler;

import dev.pawl.service.store.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A real store with a test in front of it, which may answer a call in its place, or change the answer. */
final class InterceptedStore {

    private InterceptedStore() {}

    /** Answers calls by their method's name. */
    interface Interceptor {
        Object answer(String method, Call call) throws Throwable;
    }

    /** The call as the real store answers it. */
    interface Call {
        Object proceed() throws Throwable;
    }

    static JobStore of(JobStore real, Interceptor interceptor) {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) ->
                        interceptor.answer(method.getName(), () -> call(real, method, arguments)));
    }

    /** Calls the real store; throws as it does. */
    static Object call(JobStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
