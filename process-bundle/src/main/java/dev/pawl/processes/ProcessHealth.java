package dev.pawl.processes;

import dev.pawl.processes.child.Children;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** The health of the bounds of tasks: how they are kept on this machine, with a warning when one that an operator has set is not. */
final class ProcessHealth implements HealthCheck {

    private final Children children;

    ProcessHealth(Children children) {
        this.children = children;
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
