package dev.pawl.processes;

import dev.pawl.processes.child.Children;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The health of the bounds of tasks: how they are kept on this machine, with a warning when one that an operator has set is not. */
final class ProcessHealth implements HealthCheck {

    private final Children children;

    private ProcessHealth(Children children) {
        this.children = children;
    }

    /**
     * Registers the check.
     *
     * @throws NoClassDefFoundError when no bundle of the framework knows health checks
     */
    static void register(BundleContext context, Children children) {
        context.registerService(
                HealthCheck.class,
                new ProcessHealth(children),
                FrameworkUtil.asDictionary(Map.of(HealthCheck.NAME, "Processes of tasks")));
    }

    @Override
    public Result execute() {
        Children.Bounds bounds = children.bounds();
        return bounds.lacksCpu()
                ? new Result(
                        Result.Status.WARN,
                        "PAWL_PROCESS_CPU_PERCENT bounds nothing, since it takes control groups. " + bounds.sentence())
                : new Result(Result.Status.OK, bounds.sentence());
    }
}
