package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.WaitingReason;
import java.util.List;

/** The reasons for which jobs wait, on the wire. */
public final class QueueReasonsJson {

    private static final AnswerShape<WaitingReason> REASON = AnswerShape.<WaitingReason>of(
                    "WaitingReason", "A reason for which jobs wait.")
            .field(
                    "code",
                    word(ReasonCode.values(), ReasonCode::wireName),
                    WaitingReason::code,
                    "The reason, for programs.")
            .field("count", INTEGER, WaitingReason::count, "The number of jobs that wait for it.")
            .field(
                    "oldest_created_at",
                    TIME,
                    WaitingReason::oldestCreatedAt,
                    "The time at which the first of them was requested.")
            .field("sentence", TEXT, WaitingReason::sentence, "The reason, for people.")
            .field("unblocked_by", TEXT, WaitingReason::unblockedBy, "What would let them start.");

    public static final AnswerShape<List<WaitingReason>> REASONS = AnswerShape.<List<WaitingReason>>of(
                    "QueueReasons", "The reasons for which jobs wait.")
            .field(
                    "reasons",
                    listOf(REASON),
                    all -> all,
                    "The reasons, those of most jobs first; a code comes as often as it has different sentences.");

    private QueueReasonsJson() {}
}
