package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ANY;
import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.NUMBER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers on the wire. */
public final class WorkerJson {

    /** The attributes of the queue, or of a worker's access to it. */
    public static final AnswerShape<Boolean> ATTRIBUTES = AnswerShape.<Boolean>of(
                    "Attributes", "The attributes of the queue, or of a worker's access to it.")
            .field(
                    "disabled",
                    FLAG,
                    disabled -> disabled,
                    "Whether no jobs are started, or none are given to the worker.");

    /** The attributes of a worker. */
    public static final AnswerShape<Access> ACCESS = AnswerShape.<Access>of(
                    "WorkerAttributes", "What was asked of a worker.")
            .field("disabled", FLAG, Access::disabled, "Whether it is given no jobs.")
            .field(
                    "drain",
                    FLAG,
                    Access::drain,
                    "Whether, as a server, it is to take no jobs and to hand over its own.");

    /**
     * The state that was asked of a worker.
     *
     * @param disabled whether it is given no jobs
     * @param drain whether it is to hand over what it runs
     */
    public record Access(boolean disabled, boolean drain) {

        static Access of(Worker worker) {
            return new Access(worker.disabled(), worker.drain() != null);
        }
    }

    /** The task that it runs; the fields are left out when it is idle. */
    private static final AnswerShape<Heartbeat> TASK = AnswerShape.<Heartbeat>of("RunningTask", "A running task.")
            .optional("task", TEXT, Heartbeat::task, "The module that runs.")
            .optional("job_id", ID, Heartbeat::jobId, "The job to which the task belongs.")
            .optional("job_title", TEXT, Heartbeat::jobTitle, "That job's title.")
            .optional("progress", NUMBER, Heartbeat::progress, "The progress of the task, 0 to 100.")
            .optional(
                    "info",
                    ANY,
                    WorkerJson::info,
                    "Information about the task, from the module or the worker: any JSON.");

    private static final AnswerShape<ServerModule> MODULE = AnswerShape.<ServerModule>of(
                    "ServerModule", "A module bundle on a server.")
            .field("bundle", TEXT, ServerModule::bundle, "Its symbolic name.")
            .field("version", TEXT, ServerModule::version, "Its version there.")
            .field("sha256", TEXT, ServerModule::sha256, "The digest of its artifact.")
            .field("state", word(State.values(), WorkerJson::state), ServerModule::state, "Its state there.")
            .field("detail", TEXT, ServerModule::detail, "Why it does not run; empty when it does.");

    private static final AnswerShape<StoreServer> SERVER = AnswerShape.<StoreServer>of(
                    "StoreServer", "A server that shares its store with others.")
            .field("name", TEXT, StoreServer::name, "Its name.")
            .field("this", FLAG, StoreServer::isThis, "Whether it is the one that answers.")
            .field("slots", INTEGER, StoreServer::slots, "The number of tasks that it runs at once.")
            .field("running", INTEGER, StoreServer::running, "The number of jobs that run there.")
            .field(
                    "lease_age",
                    NUMBER,
                    server -> server.leaseAge().toMillis() / 1_000.0,
                    "The seconds since it renewed its lease; after 15 its jobs go to others.")
            .field("modules", listOf(MODULE), StoreServer::modules, "Its module bundles.");

    public static final AnswerShape<Worker> WORKER = AnswerShape.<Worker>of(
                    "Worker", "A process that runs jobs: this server, or a program that polls for them over HTTP.")
            .field("worker_id", TEXT, Worker::id, "Its id.")
            .field(
                    "status",
                    word(WorkerStatus.values(), WorkerStatus::wireName),
                    worker -> worker.heartbeat().status(),
                    "Its status.")
            .nullable("online_at", TIME, worker -> worker.heartbeat().onlineAt(), "When it was started, if it said so.")
            .field("seen_at", TIME, Worker::seenAt, "When its last heartbeat arrived.")
            .field("hostname", TEXT, worker -> worker.heartbeat().hostname(), "The host on which it runs.")
            .field("version", TEXT, worker -> worker.heartbeat().version(), "The version of its software.")
            .all(TASK, Worker::heartbeat)
            .field("attributes", ACCESS, Access::of, "What was asked of it.")
            .optional(
                    "drain_state",
                    word(DrainState.values(), DrainState::wireName),
                    Worker::drain,
                    "Of a server that is drained: whether it still hands over jobs, or runs none any more.")
            .field("running", listOf(TASK), Worker::running, "All tasks that it runs, where they are known here.")
            .optional("server", SERVER, Worker::server, "What it is among the servers that share the store.");

    public static final AnswerShape<List<Worker>> WORKERS = AnswerShape.<List<Worker>>of(
                    "Workers", "The workers, in the order of their hostnames.")
            .field("workers", listOf(WORKER), workers -> workers, "The workers.")
            .field("count", INTEGER, List::size, "The number of workers.");

    private WorkerJson() {}

    static String state(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object info(Heartbeat heartbeat) {
        return heartbeat.jobId() != null || !heartbeat.info().equals(Map.of()) ? heartbeat.info() : null;
    }
}
