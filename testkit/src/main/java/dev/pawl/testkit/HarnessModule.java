package dev.pawl.testkit;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.job.Phase;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * The module under test, wrapped by a harness that records its exceptions.
 *
 * @param declared whether its class declares its inputs
 */
record HarnessModule(Module module, HarnessScript script, boolean declared) implements Module {

    private interface Call<E extends Exception> {
        void go() throws E;
    }

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        script.migrating();
        try {
            return module.migrate(checkpoint, from);
        } catch (Throwable t) {
            script.threw(Phase.INITIALIZE, t);
            throw t;
        }
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        seen(Phase.VALIDATE, () -> module.validate(context(task)));
    }

    @Override
    public void run(TaskContext task) throws Exception {
        seen(Phase.RUN, () -> module.run(context(task)));
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        seen(Phase.CLEANUP, () -> module.cleanup(context(task)));
    }

    private TaskContext context(TaskContext task) {
        return new HarnessContext(task, script, declared);
    }

    private <E extends Exception> void seen(Phase phase, Call<E> call) throws E {
        try {
            call.go();
        } catch (Throwable t) {
            script.threw(phase, t);
            throw t;
        }
    }
}
