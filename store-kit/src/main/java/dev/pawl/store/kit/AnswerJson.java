package dev.pawl.store.kit;

import dev.pawl.service.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers to requests for jobs, as they are kept for clients that repeat one. */
public final class AnswerJson {

    private AnswerJson() {}

    /** The answer to a request for a job. */
    public static String of(Job job, boolean existing) {
        return JsonColumn.write(answer(job, existing));
    }

    /** The answer to a request for several jobs. */
    public static String of(List<Job> jobs, List<Boolean> existing) {
        List<Map<String, Object>> answers = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            answers.add(answer(job, existing.get(answers.size())));
        }
        return JsonColumn.write(Map.of("jobs", answers));
    }

    private static Map<String, Object> answer(Job job, boolean existing) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", job.id().toString());
        answer.put("status", job.state().status().wireName());
        answer.put("existing", existing);
        return answer;
    }
}
