package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.secret.SecretEntry;
import dev.pawl.service.secret.SecretPage;

/**
 * A page of secrets, on the wire.
 *
 * @param found the secrets
 * @param limit the greatest number of secrets
 */
public record SecretJson(SecretPage found, int limit) {

    private static final AnswerShape<SecretEntry> ENTRY = AnswerShape.<SecretEntry>of(
                    "Secret", "A secret, without its value.")
            .field("name", TEXT, SecretEntry::name, "Its name, as in ${secret:name}.")
            .field(
                    "modules",
                    listOf(TEXT),
                    SecretEntry::modules,
                    "The modules whose jobs may refer to it; * for all. Settings of modules may always.")
            .field(
                    "readable",
                    FLAG,
                    SecretEntry::readable,
                    "Whether its value opens with the secret.key of the data folder.")
            .field("changed_at", TIME, SecretEntry::changedAt, "When it was set last.")
            .field("changed_by", TEXT, SecretEntry::changedBy, "The name of the one who set it last.");

    /** A page of secrets, by name. */
    public static final AnswerShape<SecretJson> PAGE = AnswerShape.<SecretJson>of(
                    "SecretPage", "Secrets, by name, without their values.")
            .field("secrets", listOf(ENTRY), page -> page.found().secrets(), "The secrets.")
            .nullable(
                    "next_cursor",
                    TEXT,
                    page -> page.found().nextCursor(),
                    "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, SecretJson::limit, "The greatest number of secrets.");
}
