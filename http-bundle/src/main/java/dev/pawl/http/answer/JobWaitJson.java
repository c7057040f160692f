package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.job.After;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.OpenWaits.Awaited;

/**
 * The waits of jobs for others, on the wire.
 *
 * @param after those of the request
 * @param now those that are left
 */
public record JobWaitJson(After after, OpenWaits now) {

    private static final AnswerShape<Awaited> AWAITED = AnswerShape.<Awaited>of(
                    "AwaitedJob", "A job for which another one waits.")
            .field("id", ID, Awaited::id, "The job's id.")
            .field("status", JobJson.STATUS, Awaited::status, "Where it stands.");

    static final AnswerShape<JobWaitJson> FIELDS = AnswerShape.<JobWaitJson>of(
                    "JobWaits", "The waits between a job and others.")
            .field(
                    "after",
                    listOf(TEXT),
                    waits -> waits.after().jobs(),
                    "The jobs after which it starts, from the request.")
            .optional(
                    "on",
                    word(After.On.values(), After.On::wireName),
                    waits -> waits.after().isNone() ? null : waits.after().on(),
                    "What of these jobs it waits for, if there are any.")
            .field(
                    "waiting_for",
                    listOf(AWAITED),
                    waits -> waits.now().waitsFor(),
                    "Those of these jobs that it still waits for, 100 at most.")
            .field("waiting_for_count", INTEGER, waits -> waits.now().waitsForCount(), "The number of all of them.")
            .field(
                    "awaited_by",
                    listOf(ID),
                    waits -> waits.now().awaitedBy(),
                    "The jobs that wait for it, 100 at most.")
            .field("awaited_by_count", INTEGER, waits -> waits.now().awaitedByCount(), "The number of all of them.");
}
