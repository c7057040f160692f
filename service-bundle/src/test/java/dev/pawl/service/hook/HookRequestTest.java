package dev.pawl.service.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.job.After;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HookRequestTest {

    private static final JobRequest JOB =
            JobRequest.builder(List.of(new Task("m", Map.of()))).build();
    private static final HookAuth GITHUB = new HookAuth(HookScheme.GITHUB, null, "geheim", null);

    @Test
    void aJobThatWaitsForOthersOrForATimeIsRefused() {
        JobRequest waits = JobRequest.builder(JOB.tasks())
                .after(new After(List.of("0190b2c5-0000-7000-8000-000000000001"), After.On.COMPLETED))
                .build();
        assertEquals(
                "job.after names 0190b2c5-0000-7000-8000-000000000001; a hook's job takes none: it waits for no other.",
                refusal(waits, GITHUB));
        JobRequest later = JobRequest.builder(JOB.tasks())
                .notBefore(Instant.parse("2030-01-01T00:00:00Z"))
                .build();
        assertEquals(
                "job.not_before is 2030-01-01T00:00:00Z; a hook's job takes none: it starts when the call comes.",
                refusal(later, GITHUB));
    }

    @Test
    void callsWithoutAProofNeedASource() {
        assertEquals(
                "callback_source is missing; the scheme callbacks takes the source whose callbacks start its jobs.",
                refusal(JOB, new HookAuth(HookScheme.CALLBACKS, null, null, null)));
    }

    private static String refusal(JobRequest job, HookAuth auth) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new HookRequest(
                                "a",
                                job,
                                List.of(),
                                MissingValue.REFUSE,
                                auth,
                                null,
                                HookRequest.USUAL,
                                List.of(),
                                null,
                                false))
                .getMessage());
    }
}
