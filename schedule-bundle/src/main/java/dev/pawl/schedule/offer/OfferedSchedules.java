package dev.pawl.schedule.offer;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Schedule;
import dev.pawl.base.duration.DurationText;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedules that the modules of a bundle offer by {@link Schedule}, read from its manifest. */
final class OfferedSchedules {

    /** An escaped character in a quoted value of a manifest. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private static final Logger LOG = LoggerFactory.getLogger(OfferedSchedules.class);

    private OfferedSchedules() {}

    /** Whether a bundle has modules. */
    static boolean hasModules(BundleRevision revision) {
        return !revision.getDeclaredCapabilities(AutomationModule.NAMESPACE).isEmpty();
    }

    /** The offers of each module of a bundle, by the module's id; a schedule that is none is logged and left out. */
    static Map<String, List<ScheduleRequest>> of(BundleRevision revision) {
        Map<String, List<ScheduleRequest>> offers = new TreeMap<>();
        List<BundleCapability> modules = revision.getDeclaredCapabilities(AutomationModule.NAMESPACE);
        modules.forEach(module -> offers.put(text(module, "id"), new ArrayList<>()));
        for (BundleCapability schedule : revision.getDeclaredCapabilities(Schedule.NAMESPACE)) {
            module(schedule, modules)
                    .ifPresentOrElse(
                            id -> add(id, schedule, offers),
                            () -> LOG.warn(
                                    "The bundle {} offers the schedule \"{}\" on a class that is no module; it is left out.",
                                    revision.getSymbolicName(),
                                    text(schedule, "name")));
        }
        return offers;
    }

    /** The id of the module on whose class the schedule is; of the only module, when jars of other tools do not name classes. */
    private static Optional<String> module(BundleCapability schedule, List<BundleCapability> modules) {
        return modules.stream()
                .filter(module -> modules.size() == 1 || text(module, "class").equals(text(schedule, "class")))
                .map(module -> text(module, "id"))
                .findFirst();
    }

    private static void add(String module, BundleCapability schedule, Map<String, List<ScheduleRequest>> offers) {
        try {
            offers.computeIfAbsent(module, id -> new ArrayList<>()).add(request(module, schedule));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "The module {} offers the schedule \"{}\", which is left out: {}",
                    module,
                    text(schedule, "name"),
                    e.getMessage());
        }
    }

    private static ScheduleRequest request(String module, BundleCapability schedule) {
        Timing timing =
                new Timing(given(schedule, "cron"), every(schedule), given(schedule, "time_zone"), null, null, null);
        JobRequest job =
                JobRequest.builder(List.of(new Task(module, inputs(schedule)))).build();
        return new ScheduleRequest(module + "." + text(schedule, "name"), timing, job, Overlap.SKIP, Missed.ONCE, true);
    }

    private static @Nullable Duration every(BundleCapability schedule) {
        String every = given(schedule, "every");
        return every == null
                ? null
                : DurationText.parse(every)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "every is \"" + every + "\"; it takes a number with its unit: s, m, h or d."));
    }

    private static Map<String, Object> inputs(BundleCapability schedule) {
        String inputs = given(schedule, "inputs");
        if (inputs == null) {
            return Map.of();
        }
        // A manifest has quotes within quotes as \", and Felix leaves them so.
        boolean isEscaped = inputs.replaceAll("\\s", "").startsWith("{\\\"");
        return Json.object(isEscaped ? ESCAPED.matcher(inputs).replaceAll("$1") : inputs);
    }

    private static @Nullable String given(BundleCapability capability, String attribute) {
        String value = text(capability, attribute);
        return value.isEmpty() ? null : value;
    }

    private static String text(BundleCapability capability, String attribute) {
        Object value = capability.getAttributes().get(attribute);
        return value == null ? "" : value.toString();
    }
}
