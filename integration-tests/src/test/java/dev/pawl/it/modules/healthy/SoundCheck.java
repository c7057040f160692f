package dev.pawl.it.modules.healthy;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/** A check that is always passed. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=Sound", "hc.tags=ready"})
public final class SoundCheck implements HealthCheck {

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        log.info("All {} wheels turn.", 4);
        return new Result(log);
    }
}
