package dev.pawl.processes.run;

import dev.pawl.api.module.TaskContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first message to a process, which holds all that it needs. */
final class StartMessage {

    private StartMessage() {}

    /** The message for a process that begins with this phase. */
    static Map<String, Object> of(ModuleProcess module, TaskContext task, Phase phase) {
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("type", "start");
        start.put("protocol", List.of(1, 1));
        start.put("next", phase.wireName());
        start.put("job", task.jobId());
        start.put("task", task.taskIndex());
        start.put("epoch", task.epoch());
        start.put("inputs", given(task.inputs()));
        start.put("settings", given(task.settings()));
        start.put("checkpoint", task.checkpoint());
        start.put("work_dir", task.workDir().toString());
        start.put("fresh_work_dir", task.isFreshWorkDir());
        task.timeLeft().ifPresent(left -> start.put("deadline_s", left.toSeconds()));
        start.putAll(module.startFields(task));
        return start;
    }

    /** The values that are there: programs of the older engine take an input that is null for one that was given. */
    private static Map<String, Object> given(Map<String, Object> values) {
        Map<String, Object> given = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return given;
    }
}
