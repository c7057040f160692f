package dev.pawl.samples.backup;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The module while somebody changes files: at each look whether the task must end, an action is called. */
final class Meddled implements Module {

    /** An action on files. */
    interface Meddler {

        /**
         * Does something to the files.
         *
         * @param look the number of the look, from 1: one for each entry, and one for each piece of a file
         */
        void meddle(int look) throws IOException;
    }

    private final Meddler meddler;

    Meddled(Meddler meddler) {
        this.meddler = meddler;
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        new BackupModule().validate(task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        AtomicInteger looks = new AtomicInteger();
        new BackupModule().run((TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("throwIfCancelled")) {
                        meddler.meddle(looks.incrementAndGet());
                    }
                    try {
                        return method.invoke(task, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
