package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything beside the jobs themselves that is followed through all lives of the server.
 *
 * @param audit the server's audit log
 * @param schedules schedules that fire meanwhile
 * @param callbacks the receiver that jobs tell of their ends
 * @param hooks the program that calls a hook
 */
record Trails(AuditTrail audit, ScheduleTrail schedules, CallbackTrail callbacks, HookTrail hooks)
        implements AutoCloseable {

    static Trails begin(Ledger ledger) throws IOException {
        return new Trails(
                new AuditTrail(ledger), new ScheduleTrail(ledger), new CallbackTrail(ledger), new HookTrail(ledger));
    }

    /** Whether a job is one that nobody asked for by a request for a job. */
    static boolean startsByItself(JsonNode job) {
        return ScheduleTrail.isOfSchedule(job) || HookTrail.isOfHook(job);
    }

    /** Reads what a server that has just started must still know. */
    void look(Api api) {
        audit.look(api);
        schedules.look(api);
    }

    /** Compares all of them with the jobs of a server at rest. */
    void judge(Api api, Ledger ledger, Map<String, JsonNode> jobs) {
        audit.judge(api, jobs);
        schedules.judge(jobs);
        hooks.judge(jobs);
        Set<String> mayBeGone = ledger.all().stream()
                .filter(Expectation::mayBeGone)
                .map(Expectation::id)
                .collect(Collectors.toSet());
        callbacks.judge(api, jobs, mayBeGone);
    }

    @Override
    public void close() {
        callbacks.close();
    }
}
