package dev.pawl.shell;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the changes of the shell's commands, and adds to the audit what the store does not: beginnings, refusals, other ends. */
@Component(service = ShellAudit.class)
public final class ShellAudit {

    private final AuditLog log;
    private final InstantSource clock;

    @Activate
    public ShellAudit(@Reference AuditLog log, @Reference InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Makes a change of several steps; its beginning is on disk before the first. */
    <T> T inSteps(String action, String target, Supplier<T> call) throws CommandException {
        AuditedChange change = change(action, target);
        return CommandException.unless(() -> {
            append(change.entry(AuditOutcome.BEGUN, ""));
            try {
                T done = change.during(call::get);
                settle(change);
                return done;
            } catch (ProblemException e) {
                refuse(change, e);
                throw e;
            }
        });
    }

    /** Makes a change that is one transaction, however long its answer takes. */
    <T> T atOnce(String action, String target, Supplier<CompletionStage<T>> call)
            throws CommandException, InterruptedException {
        AuditedChange change = change(action, target);
        try {
            T done = CommandException.unlessLater(() -> change.during(call::get));
            CommandException.unless(() -> {
                settle(change);
                return true;
            });
            return done;
        } catch (CommandException e) {
            if (e.getCause() instanceof ProblemException problem) {
                refuse(change, problem);
            }
            throw e;
        }
    }

    private AuditedChange change(String action, String target) {
        AuditedChange line = AuditedChange.current(); // of one who attached to this shell
        return line == null
                ? new AuditedChange(Actor.inside(Door.SHELL), action, target, clock.instant())
                : line.also(action, target);
    }

    private void settle(AuditedChange change) {
        if (change.isOwed()) {
            append(change.entry(AuditOutcome.DONE, ""));
        }
    }

    private void refuse(AuditedChange change, ProblemException problem) {
        change.refusal(problem.code(), String.valueOf(problem.getMessage())).ifPresent(this::append);
    }

    private void append(AuditEntry entry) {
        Confirmation.await(log.append(List.of(entry)), "The audit entry");
    }
}
