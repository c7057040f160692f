package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.data.DocumentPage;

/**
 * A page of documents, on the wire.
 *
 * @param found the documents
 * @param limit the greatest number of documents
 */
public record DocumentListJson(DocumentPage found, int limit) {

    private static final AnswerShape<DocumentEntry> ENTRY = AnswerShape.<DocumentEntry>of(
                    "DocumentEntry", "A document, as lists show it.")
            .field("module", TEXT, DocumentEntry::module, "The id of its module.")
            .field("name", TEXT, DocumentEntry::name, "Its name.")
            .field("size", INTEGER, DocumentEntry::size, "Its length in bytes.")
            .nullable(
                    "changed_at",
                    TIME,
                    DocumentEntry::changedAt,
                    "When it was stored or replaced; null when an older release did that.");

    /** A page of documents, by module and name. */
    public static final AnswerShape<DocumentListJson> PAGE = AnswerShape.<DocumentListJson>of(
                    "DocumentPage", "Documents, by module and name.")
            .field("documents", listOf(ENTRY), page -> page.found().documents(), "The documents.")
            .nullable(
                    "next_cursor",
                    TEXT,
                    page -> page.found().nextCursor(),
                    "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, DocumentListJson::limit, "The greatest number of documents.");
}
