package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Role;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.After;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are kept for jobs to come, as schedules keep them. */
final class KeepsRequestsTest {

    private static final String MASK = "********";

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Login(String host, @Secret String password) {}

    @BeforeEach
    void installAModuleWithASecret() {
        server.modules.put("m", 0, Login.class, AutomationModule.NoFields.class, () -> task -> {});
        server.modulesChanged();
    }

    @Test
    void aSecretIsSealedAndAMaskKeepsIt() {
        JobRequest first = kept(request("a.example", "geheim", Role.OPERATOR), null);
        JobRequest again = kept(request("a.example", MASK, Role.OPERATOR), first);

        assertFalse(password(first).contains("geheim"));
        assertEquals(MASK, password(server.scheduler.masked(first)));
        assertFalse(password(again).equals(MASK), "it is not the mask that is kept");
        assertEquals(MASK, password(server.scheduler.masked(again)));
    }

    @Test
    void aRequestForManyJobsWaitsForNone() {
        JobRequest waiting =
                request("a.example", "geheim", Role.OPERATOR).withAfter(new After(List.of("12345678"), After.On.ENDED));
        ProblemException refusal = assertThrows(ProblemException.class, () -> kept(waiting, null));
        assertEquals(ProblemCode.INVALID_JOB, refusal.code());
    }

    @Test
    void aMaskKeepsItsSecretForAnotherHostOnlyForAnAdmin() {
        JobRequest first = kept(request("a.example", "geheim", Role.OPERATOR), null);

        ProblemException refusal =
                assertThrows(ProblemException.class, () -> kept(request("evil.example", MASK, Role.OPERATOR), first));
        assertEquals(ProblemCode.INVALID_INPUT, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains("Give the secret anew"), refusal.getMessage());
        assertEquals(
                "evil.example",
                kept(request("evil.example", "own", Role.OPERATOR), first)
                        .tasks()
                        .get(0)
                        .inputs()
                        .get("host"));
        assertFalse(
                password(kept(request("b.example", MASK, Role.ADMIN), first)).equals(MASK));
    }

    @Test
    void aRequestAsksForTheSameWhoeverMakesItAndWhetherItsSecretIsGivenOrMasked() {
        JobRequest first = kept(request("a.example", "geheim", Role.OPERATOR), null);

        assertTrue(server.scheduler.asksTheSame(request("a.example", "geheim", Role.ADMIN), first));
        assertTrue(server.scheduler.asksTheSame(request("a.example", MASK, Role.OPERATOR), first));
        assertFalse(server.scheduler.asksTheSame(request("a.example", "other", Role.OPERATOR), first));
        assertFalse(server.scheduler.asksTheSame(request("b.example", "geheim", Role.OPERATOR), first));
        assertFalse(server.scheduler.asksTheSame(
                JobRequest.builder(request("a.example", "geheim", Role.OPERATOR).tasks())
                        .priority(1)
                        .build(),
                first));
    }

    private JobRequest kept(JobRequest request, JobRequest former) {
        return server.scheduler.kept(request, former);
    }

    private static String password(JobRequest request) {
        return String.valueOf(request.tasks().get(0).inputs().get("password"));
    }

    private static JobRequest request(String host, String password, Role role) {
        return JobRequest.builder(List.of(new Task("m", Map.of("host", host, "password", password))))
                .role(role)
                .build();
    }
}
