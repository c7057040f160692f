package dev.pawl.it.modules.healthy;

import java.util.concurrent.CountDownLatch;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/** A check that never ends, whatever is done to its thread. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=Hanging", "hc.tags=other"})
public final class HangingCheck implements HealthCheck {

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Result execute() {
        while (true) {
            try {
                never.await();
            } catch (InterruptedException ignored) { // as bad code does
            }
        }
    }
}
