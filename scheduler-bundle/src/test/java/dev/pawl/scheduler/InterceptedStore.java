package dev.pawl.scheduler;

import dev.pawl.service.store.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A real store whose calls a test intercepts: it may answer a call itself, or change the store's answer. */
final class InterceptedStore {

    private InterceptedStore() {}

    /** Answers calls; receives the method's name. */
    interface Interceptor {
        Object answer(String method, Call call) throws Throwable;
    }

    /** A call that can proceed to the real store. */
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

    /** Calls the real store; throws what it throws. */
    static Object call(JobStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
