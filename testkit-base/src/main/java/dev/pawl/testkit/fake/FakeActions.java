package dev.pawl.testkit.fake;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Principal;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Actions that are noted and not carried out: as if each job had changed its state. Safe for many threads. */
public final class FakeActions implements JobActions {

    public final List<BulkAction> asked = new CopyOnWriteArrayList<>();
    private final FakeScheduler scheduler;

    /** Counts the jobs of a scheduler. */
    public FakeActions(FakeScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public long count(BulkAction action, Principal principal) {
        return action.selected()
                .map(filter -> scheduler.jobs.values().stream()
                        .filter(filter::includes)
                        .count())
                .orElse((long) action.jobs().size());
    }

    @Override
    public BulkReport run(BulkAction action, Actor actor, @Nullable String from) {
        asked.add(action);
        long matched = count(action, actor.principal());
        return new BulkReport(matched, 0, matched, 0, List.of(), null);
    }

    @Override
    public CompletionStage<Submitted> start(BulkAction action, Actor actor, @Nullable RequestKey key) {
        asked.add(action);
        JobRequest request =
                JobRequest.builder(List.of(new Task(MODULE, Map.of()))).build();
        Submission submission = Submission.ofAnyModule(request);
        return scheduler.submit(key == null ? submission : submission.withKey(key));
    }
}
