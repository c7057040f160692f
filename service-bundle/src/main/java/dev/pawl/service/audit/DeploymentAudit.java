package dev.pawl.service.audit;

import dev.pawl.service.access.Door;
import dev.pawl.service.access.Role;
import dev.pawl.service.deploy.HistoryEntry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The audit entries of lines in the history of module bundles. */
public final class DeploymentAudit {

    private DeploymentAudit() {}

    /**
     * The entry of a line.
     *
     * @param change what was requested; null when the modules folder or the server itself makes the change, as the line says
     */
    public static AuditEntry of(HistoryEntry line, @Nullable AuditedChange change) {
        String modules = line.modules().isEmpty() ? line.bundle() : String.join(",", line.modules());
        if (change != null) {
            return change.entry(modules, outcome(line.outcome()), detail(line));
        }
        boolean fromFolder = line.by().equals(Door.FOLDER.wireName());
        return new AuditEntry(
                line.at(),
                line.by(),
                Role.ADMIN.wireName(),
                "local",
                (fromFolder ? Door.FOLDER : Door.SERVER).wireName(),
                "module." + line.action().name().toLowerCase(Locale.ROOT),
                modules,
                outcome(line.outcome()),
                "",
                detail(line));
    }

    private static AuditOutcome outcome(HistoryEntry.Outcome outcome) {
        return switch (outcome) {
            case DONE -> AuditOutcome.DONE;
            case REFUSED -> AuditOutcome.REFUSED;
            case FAILED -> AuditOutcome.FAILED;
        };
    }

    private static String detail(HistoryEntry line) {
        String from = line.from() == null ? "" : line.from() + " ";
        String to = line.to() == null ? "" : "-> " + line.to() + " ";
        return from + to + "sha256:" + line.sha256() + (line.detail().isEmpty() ? "" : ". " + line.detail());
    }
}
