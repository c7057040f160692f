package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ANY_TEXT;
import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.inbox.CallbackReceipt;
import dev.pawl.service.inbox.ReceivedCallback;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Received callbacks on the wire. */
public final class InboxJson {

    /** The receipt for a callback. */
    public static final AnswerShape<CallbackReceipt> RECEIPT = AnswerShape.<CallbackReceipt>of(
                    "CallbackReceipt", "The receipt for a callback.")
            .field("id", ID, CallbackReceipt::id, "Its id.")
            .field("received", FLAG, receipt -> true, "Always true.")
            .optional("job_id", ID, CallbackReceipt::job, "The job that a hook started for it.");

    /** A received callback. */
    public static final AnswerShape<ReceivedCallback> CALLBACK = AnswerShape.<ReceivedCallback>of(
                    "ReceivedCallback", "A callback that was received.")
            .field("id", ID, ReceivedCallback::id, "Its id.")
            .nullable("callback_id", TEXT, ReceivedCallback::callbackId, "The sender's name for it.")
            .nullable("source", TEXT, ReceivedCallback::source, "The name of the sender.")
            .nullable("status", TEXT, ReceivedCallback::status, "A word for how the work ended.")
            .field("payload", ANY_TEXT, ReceivedCallback::payload, "What it says.")
            .field("received_at", TIME, ReceivedCallback::receivedAt, "When it came.");

    /** A page of callbacks, the latest first. */
    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of(
                    "ReceivedCallbackPage", "Received callbacks, the latest first.")
            .field("callbacks", listOf(CALLBACK), Page::callbacks, "The callbacks.")
            .nullable("next_cursor", TEXT, Page::nextCursor, "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, Page::limit, "The greatest number of callbacks.");

    /** A callback that was removed. */
    public static final AnswerShape<UUID> REMOVED = AnswerShape.<UUID>of(
                    "RemovedCallback", "A callback that was removed.")
            .field("status", word("deleted"), id -> "deleted", "Always deleted.")
            .field("id", ID, id -> id, "Its id.");

    private InboxJson() {}

    /**
     * A page of callbacks.
     *
     * @param callbacks the callbacks
     * @param nextCursor the cursor for the next page; null on the last one
     * @param limit the greatest number of callbacks
     */
    public record Page(
            List<ReceivedCallback> callbacks, @Nullable String nextCursor, int limit) {}
}
