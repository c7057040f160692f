package dev.pawl.http.resource;

import dev.pawl.base.duration.DurationText;
import dev.pawl.http.answer.AuditJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of the audit log. */
public final class AuditRoutes {

    private static final String LINES = "application/x-ndjson";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final Query WHO = Query.text("who", "Only changes of this name.");
    private static final Query ACTION =
            Query.text("action", "Only this kind of change, such as job.start, or this group, such as job.");
    private static final Query TARGET = Query.text("target", "Only changes of this target, or of those that begin so.");
    private static final Query SINCE =
            Query.text("since", "Only this time or later: ISO 8601, or a duration such as 24h.");
    private static final Query LIMIT = Query.limit(AuditFilter.MOST, 100, "The greatest number of entries.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");
    private static final Query AFTER =
            Query.integer("after", 0, Long.MAX_VALUE - 1, 0, "Only entries with a greater number.");
    private static final Query LINE_LIMIT = Query.limit(5_000, 1_000, "The greatest number of entries.");
    private static final Query EXPECT =
            Query.text("expect", "The hash of an entry that was noted before and must still be there, 64 digits.");

    private final Services parts;

    public AuditRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/audit",
                                Role.ADMIN,
                                "Who changed what, or was refused, newest first, a page at a time.",
                                DeclaredAnswer.json(() -> AuditJson.PAGE, "The entries."),
                                this::list)
                        .query(WHO, ACTION, TARGET, SINCE, LIMIT, CURSOR),
                Route.get(
                                "/audit/export",
                                Role.ADMIN,
                                "The audit log in order, one JSON object on each line; empty after the last entry.",
                                DeclaredAnswer.text(LINES, "The lines."),
                                this::export)
                        .query(AFTER, LINE_LIMIT),
                Route.get(
                                "/audit/verify",
                                Role.ADMIN,
                                "Reads the whole audit log and checks that no entry was changed or removed.",
                                DeclaredAnswer.json(() -> AuditJson.REPORT, "The result."),
                                this::verify)
                        .query(EXPECT));
    }

    private Answer list(Call call) {
        AuditFilter filter = AuditFilter.ALL
                .withWho(call.text(WHO).orElse(null))
                .withAction(call.text(ACTION).orElse(null))
                .withTarget(call.text(TARGET).orElse(null))
                .withSince(call.text(SINCE).map(this::time).orElse(null))
                .withBefore(call.text(CURSOR).map(AuditRoutes::number).orElse(Long.MAX_VALUE))
                .withLimit(call.integer(LIMIT));
        return Answer.json(AuditJson.PAGE, parts.audit().get().page(filter));
    }

    private Answer export(Call call) {
        List<AuditRecord> records = parts.audit().get().after(call.longInteger(AFTER), call.integer(LINE_LIMIT));
        return Answer.Text.of(
                LINES, records.stream().map(next -> next.line() + "\n").collect(Collectors.joining()));
    }

    private Answer verify(Call call) {
        Optional<String> expected = call.text(EXPECT);
        if (expected.isPresent() && !HASH.matcher(expected.get()).matches()) {
            throw malformed("expect takes a hash: 64 digits of 0 to 9 and a to f.");
        }
        return Answer.json(AuditJson.REPORT, parts.audit().get().verify(expected.orElse(null)));
    }

    private Instant time(String text) {
        Optional<Instant> ago = DurationText.parse(text)
                .map(past -> parts.clock().get().instant().minus(past));
        if (ago.isPresent()) {
            return ago.get();
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw malformed("since is \"" + text
                    + "\"; it takes a time such as 2026-03-01T12:00:00Z, or a duration such as 24h.");
        }
    }

    private static long number(String cursor) {
        if (!NUMBER.matcher(cursor).matches()) {
            throw malformed("cursor is not one that an earlier page gave as next_cursor.");
        }
        return Long.parseLong(cursor);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
