package dev.pawl.deploy.change;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A requested change.
 *
 * @param action the kind of change
 * @param by the user on whose behalf it is made
 * @param from the installed version; null when there is none
 * @param to the version to install; null for a removal
 * @param isHeld whether it stays on one of several servers until it is promoted
 */
record DeploymentChange(
        Action action,
        String by,
        @Nullable Deployment from,
        @Nullable Deployment to,
        boolean isHeld) {

    /** A change that all servers follow. */
    DeploymentChange(Action action, String by, @Nullable Deployment from, @Nullable Deployment to) {
        this(action, by, from, to, false);
    }

    /** The change as a line of the history. */
    HistoryEntry line(Instant at, Outcome outcome, String detail) {
        Deployment subject = subject();
        return new HistoryEntry(
                at,
                by,
                subject.bundle(),
                moduleIds(),
                action,
                from == null ? null : from.version(),
                to == null ? null : to.version(),
                subject.sha256(),
                outcome,
                detail);
    }

    private Deployment subject() {
        if (to != null) {
            return to;
        }
        if (from != null) {
            return from;
        }
        throw new IllegalStateException("A change is from something, or to something.");
    }

    private List<String> moduleIds() {
        return Stream.of(from, to)
                .filter(deployment -> deployment != null)
                .flatMap(deployment -> deployment.modules().stream())
                .map(ModuleIdentity::id)
                .distinct()
                .toList();
    }
}
