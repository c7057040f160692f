package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;

/** The audit log on the wire. */
public final class AuditJson {

    private static final AnswerShape<AuditRecord> ENTRY = AnswerShape.<AuditRecord>of(
                    "AuditEntry", "A change that someone made, or was refused.")
            .field("n", INTEGER, AuditRecord::number, "Its number, from 1 without gaps.")
            .field("at", TIME, of -> of.entry().at(), "When it was requested.")
            .field("who", TEXT, of -> of.entry().who(), "The name of the token, or the part of the server.")
            .field("role", TEXT, of -> of.entry().role(), "The role it had.")
            .field("remote", TEXT, of -> of.entry().remote(), "The client's address, or local.")
            .field("door", TEXT, of -> of.entry().door(), "How it came in: http, cli, shell, folder or server.")
            .field("action", TEXT, of -> of.entry().action(), "The kind of change, such as job.start.")
            .field("target", TEXT, of -> of.entry().target(), "The id or name of what was to be changed; may be empty.")
            .field(
                    "outcome",
                    word(AuditOutcome.values(), AuditOutcome::wireName),
                    of -> of.entry().outcome(),
                    "How it ended.")
            .field(
                    "request_id",
                    TEXT,
                    of -> of.entry().requestId(),
                    "The X-Request-Id; empty when there was no request.")
            .field(
                    "detail",
                    TEXT,
                    of -> of.entry().detail(),
                    "The reason of a refusal, or what the change consists of.")
            .field("previous", TEXT, AuditRecord::previous, "The hash of the entry before.")
            .field("hash", TEXT, AuditRecord::hash, "Its own hash.");

    public static final AnswerShape<AuditPage> PAGE = AnswerShape.<AuditPage>of(
                    "AuditPage", "Entries of the audit log, newest first.")
            .field("entries", listOf(ENTRY), AuditPage::records, "The entries; perhaps fewer than asked for.")
            .nullable(
                    "next_cursor",
                    TEXT,
                    page -> page.next() == null ? null : String.valueOf(page.next()),
                    "Where the next page goes on; null when there is none.");

    public static final AnswerShape<AuditReport> REPORT = AnswerShape.<AuditReport>of(
                    "AuditReport", "The result of verifying the audit log.")
            .field("sound", FLAG, AuditReport::isSound, "Whether every entry is as it was written.")
            .field("entries", INTEGER, AuditReport::entries, "The number of entries that are.")
            .field("first", INTEGER, AuditReport::first, "The number of the first entry that is kept.")
            .field("head", TEXT, AuditReport::head, "The hash of the last sound entry, to be noted elsewhere.")
            .nullable(
                    "expected_at", INTEGER, AuditReport::expectedAt, "The number of the entry with the expected hash.")
            .nullable("broken", INTEGER, AuditReport::broken, "The first entry that may not be as it was written.")
            .nullable("defect", TEXT, AuditReport::defect, "What is wrong.");

    private AuditJson() {}
}
