package dev.pawl.service.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.JobAuthors.Author;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisibleJobsTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private static boolean sees(Bounds bounds, Job job) {
        return new VisibleJobs(new Principal("t1", "ann", Role.OPERATOR, bounds)).include(job);
    }

    private static Job job(String module, @Nullable String startedBy) {
        Author author = startedBy == null ? null : new Author(startedBy, "ann");
        return new Job(
                new UUID(1, 2),
                JobRequest.builder(List.of(new Task(module, Map.of()))).build(),
                CREATED,
                JobState.added(null),
                new JobAuthors(author, null));
    }

    @Test
    void withoutBoundsAllAreSeen() {
        assertTrue(sees(Bounds.NONE, job("hello", null)));
        assertTrue(sees(Bounds.NONE, job("hello", "other")));
    }

    @Test
    void boundToItsOwnItSeesThoseThatItsIdStartedAndNotThoseOfItsName() {
        Bounds own = new Bounds(Set.of(), true);
        assertTrue(sees(own, job("hello", "t1")));
        assertFalse(sees(own, job("hello", "t2")));
        assertFalse(sees(own, job("hello", null)));
    }

    @Test
    void boundToModulesItSeesJobsWhoseTasksAreAllWithinThem() {
        Bounds hello = new Bounds(Set.of("hello"), false);
        assertTrue(sees(hello, job("hello", null)));
        assertFalse(sees(hello, job("files", null)));
        Job both = job("hello", null);
        assertFalse(sees(
                hello,
                both.withRequest(JobRequest.builder(List.of(new Task("hello", Map.of()), new Task("files", Map.of())))
                        .build())));
    }
}
