package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.ANY;
import static dev.pawl.http.json.AnswerKinds.FLAG;
import static dev.pawl.http.json.AnswerKinds.ID;
import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.NUMBER;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.TIME;
import static dev.pawl.http.json.AnswerKinds.listOf;
import static dev.pawl.http.json.AnswerKinds.word;

import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers on the wire. */
public final class WorkerJson {

    /** What holds for the queue, or for one worker's use of it. */
    public static final AnswerShape<Boolean> ATTRIBUTES = AnswerShape.<Boolean>of(
                    "Attributes", "Whether the queue, or a worker's access to it, stands still.")
            .field("disabled", FLAG, disabled -> disabled, "Whether no job is started, or handed to the worker.");

    /** What it runs; no field when it is idle. */
    private static final AnswerShape<Heartbeat> TASK = AnswerShape.<Heartbeat>of("RunningTask", "A task that runs.")
            .optional("task", TEXT, Heartbeat::task, "The module that runs.")
            .optional("job_id", ID, Heartbeat::jobId, "The job whose task it is.")
            .optional("job_title", TEXT, Heartbeat::jobTitle, "That job's title.")
            .optional("progress", NUMBER, Heartbeat::progress, "0 to 100.")
            .optional("info", ANY, WorkerJson::info, "About the task, by the module or the worker: any JSON.");

    public static final AnswerShape<Worker> WORKER = AnswerShape.<Worker>of(
                    "Worker", "A process that runs jobs: this server, or a program that takes them over HTTP.")
            .field("worker_id", TEXT, Worker::id, "Its name.")
            .field(
                    "status",
                    word(WorkerStatus.values(), WorkerStatus::wireName),
                    worker -> worker.heartbeat().status(),
                    "What it is at.")
            .nullable(
                    "online_at", TIME, worker -> worker.heartbeat().onlineAt(), "Since when it runs, where it said so.")
            .field("seen_at", TIME, Worker::seenAt, "When it was last heard of.")
            .field("hostname", TEXT, worker -> worker.heartbeat().hostname(), "Where it runs.")
            .field("version", TEXT, worker -> worker.heartbeat().version(), "Of its software.")
            .all(TASK, Worker::heartbeat)
            .field("attributes", ATTRIBUTES, Worker::disabled, "Its access to the queue.")
            .field("running", listOf(TASK), Worker::running, "All that it runs.");

    public static final AnswerShape<List<Worker>> WORKERS = AnswerShape.<List<Worker>>of(
                    "Workers", "The workers, in the order of their hostnames.")
            .field("workers", listOf(WORKER), workers -> workers, "The workers.")
            .field("count", INTEGER, List::size, "How many there are.");

    private WorkerJson() {}

    private static @Nullable Object info(Heartbeat heartbeat) {
        return heartbeat.jobId() != null || !heartbeat.info().equals(Map.of()) ? heartbeat.info() : null;
    }
}
