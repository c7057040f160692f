package dev.pawl.http.health;

import dev.pawl.http.answer.HealthJson.Check;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.framework.ServiceReference;

/** The calls into the API of Felix Health Checks, which is loaded with this class. */
final class FelixCheck {

    private static final int MOST_MESSAGES = 10;

    private FelixCheck() {}

    /** Runs a check. Stack traces of its result are left out, since anybody may read the health. */
    static Check executed(ServiceReference<?> reference, Object service) {
        Result result = ((HealthCheck) service).execute();
        if (result == null) {
            return CheckRun.named(reference, Check.ERROR, List.of("The check has no result."));
        }
        List<String> messages = StreamSupport.stream(result.spliterator(), false)
                .filter(entry -> !entry.isDebug())
                .map(ResultLog.Entry::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .limit(MOST_MESSAGES)
                .toList();
        return CheckRun.named(reference, word(result.getStatus()), messages);
    }

    private static String word(Result.Status status) {
        return switch (status) {
            case OK -> Check.OK;
            case WARN -> Check.WARN;
            case TEMPORARILY_UNAVAILABLE -> Check.UNAVAILABLE;
            case CRITICAL -> Check.CRITICAL;
            case HEALTH_CHECK_ERROR -> Check.ERROR;
        };
    }
}
