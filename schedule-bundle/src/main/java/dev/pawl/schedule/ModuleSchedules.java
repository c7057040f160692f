package dev.pawl.schedule;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.schedule.offer.OfferTracker.Offers;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.store.ScheduleStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the schedules that modules offer: a new one is off, and one that someone has changed stays as it is. An offer that ends takes its
 * schedule with it only while that is off and as the module made it. Safe for many threads.
 */
final class ModuleSchedules implements Offers {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleSchedules.class);

    private final ScheduleStore store;
    private final ScheduleChanges changes;

    ModuleSchedules(ScheduleStore store, ScheduleChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    @Override
    public void offer(String module, List<ScheduleRequest> schedules) {
        ScheduleOrigin origin = ScheduleOrigin.of(ScheduleOrigin.Kind.MODULE, module);
        Set<String> offered = schedules.stream().map(ScheduleRequest::name).collect(Collectors.toSet());
        schedules.forEach(schedule -> keep(module, schedule.name(), () -> changes.offer(schedule, origin)));
        former(origin).stream()
                .filter(name -> !offered.contains(name))
                .forEach(name -> keep(module, name, () -> changes.withdraw(name, origin)));
    }

    private List<String> former(ScheduleOrigin origin) {
        try {
            return store.ofOrigin(origin.kind(), origin.name());
        } catch (ProblemException e) { // the bundle comes or goes all the same
            LOG.warn("The schedules that the module {} offered cannot be read: {}", origin.name(), e.getMessage());
            return List.of();
        }
    }

    private static void keep(String module, String schedule, Supplier<CompletionStage<?>> change) {
        try {
            var unused = change.get().whenComplete((done, failure) -> {
                if (failure != null) {
                    refused(module, schedule, FutureFailure.cause(failure));
                }
            });
        } catch (ProblemException e) {
            refused(module, schedule, e);
        }
    }

    private static void refused(String module, String schedule, Throwable cause) {
        LOG.warn(
                "The schedule \"{}\" that the module {} offers is left as it was: {}",
                schedule,
                module,
                cause instanceof ProblemException problem ? problem.getMessage() : cause.toString());
    }
}
