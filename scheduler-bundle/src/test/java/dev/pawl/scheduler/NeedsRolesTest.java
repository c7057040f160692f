package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Modules whose jobs only some roles may start. */
final class NeedsRolesTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    private void putModules() {
        server.modules.put("plain", () -> task -> {});
        server.modules.put("mighty", () -> task -> {}).role(Role.ADMIN);
        server.modulesChanged();
    }

    private static JobRequest by(Role role, String... modules) {
        return RunningScheduler.request(modules).role(role).build();
    }

    private static ProblemException refusal(CompletionStage<Job> asked) {
        CompletionException refused = assertThrows(
                CompletionException.class, () -> asked.toCompletableFuture().join());
        return assertInstanceOf(ProblemException.class, refused.getCause());
    }

    @Test
    void anOperatorMayNotStartAJobWithATaskThatTakesAnAdmin() {
        putModules();

        for (String[] modules : new String[][] {{"mighty"}, {"plain", "mighty"}}) {
            ProblemException started = refusal(server.scheduler.start(by(Role.OPERATOR, modules)));
            ProblemException queued = refusal(server.scheduler.enqueue(by(Role.OPERATOR, modules)));
            assertEquals(ProblemCode.ROLE_NEEDED, started.code());
            assertEquals(ProblemCode.ROLE_NEEDED, queued.code());
            assertTrue(String.valueOf(started.getMessage()).contains("mighty takes the role admin"));
        }
    }

    @Test
    void anAdminMayAndTheJobRemembersItOverARestart() {
        putModules();
        String id = server.start(by(Role.ADMIN, "plain", "mighty"));

        server.awaitStatus(id, JobStatus.COMPLETED);
        server.restart();

        assertEquals(Role.ADMIN, server.job(id).request().role());
        assertEquals(Role.ADMIN, server.scheduler.job(id).job().request().role());
    }

    @Test
    void aJobThatWaitedForAModuleOfUnknownRoleIsNotRunByIt() {
        String id = server.scheduler
                .enqueue(by(Role.OPERATOR, "mighty"))
                .toCompletableFuture()
                .join()
                .id()
                .toString();

        putModules();

        var failure = Objects.requireNonNull(
                server.awaitStatus(id, JobStatus.FAILED).state().failure());
        assertEquals(Phase.VALIDATE, failure.phase());
        assertTrue(failure.message().contains("takes the role admin"), failure.message());
    }
}
