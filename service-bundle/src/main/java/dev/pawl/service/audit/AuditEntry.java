package dev.pawl.service.audit;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A change that a person or a program made, or was refused. It holds no secrets: of settings and documents it names what was changed, never
 * the values.
 *
 * @param at when it was requested, to the millisecond
 * @param who the name of the token, or of the user of the shell; cut to {@link TextLimit#ID}
 * @param role the role it had, such as {@code admin}
 * @param remote where it came from: the address of a client, or {@code local}; cut to {@link TextLimit#ID}
 * @param door how it came in: {@code http}, {@code shell}, {@code folder} or {@code server}
 * @param action the kind of change, such as {@code job.start}
 * @param target the id or name of what was to be changed; empty when that is the server as a whole; cut to {@link TextLimit#NAME}
 * @param outcome how it ended
 * @param requestId the request's id; empty when there is none; cut to {@link TextLimit#ID}
 * @param detail the code and the reason of a refusal, or what the change consisted of; often empty; cut to {@link TextLimit#REASON}
 */
public record AuditEntry(
        Instant at,
        String who,
        String role,
        String remote,
        String door,
        String action,
        String target,
        AuditOutcome outcome,
        String requestId,
        String detail) {

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        who = TextLimit.ID.kept(who);
        role = TextLimit.ID.kept(role);
        remote = TextLimit.ID.kept(remote);
        door = TextLimit.ID.kept(door);
        action = TextLimit.ID.kept(action);
        target = TextLimit.NAME.kept(target);
        requestId = TextLimit.ID.kept(requestId);
        detail = TextLimit.REASON.kept(detail);
    }
}
