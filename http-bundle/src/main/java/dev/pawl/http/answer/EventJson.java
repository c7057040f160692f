package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.word;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.event.CallbackEvent;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.event.ModuleEvent;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.event.ScheduleEvent;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.JobStatus;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events on the wire: the JSON in their {@code data}. */
public final class EventJson {

    private static final AnswerShape<JobEvent> JOB = AnswerShape.<JobEvent>of(
                    "JobEvent", "A change of a job, and the job after it, as lists show it.")
            .field("change", word(JobEvent.Change.values(), JobEvent.Change::wireName), JobEvent::change, "The change.")
            .field("at", TIME, JobEvent::at, "When it was noticed.")
            .all(JobJson.SUMMARY, JobEvent::view);

    private static final AnswerShape<ModuleEvent> MODULE = AnswerShape.<ModuleEvent>of(
                    "ModuleEvent", "A change of an installed module.")
            .field(
                    "change",
                    word(ModuleEvent.Change.values(), ModuleEvent.Change::wireName),
                    ModuleEvent::change,
                    "The change.")
            .field("at", TIME, ModuleEvent::at, "When it took effect.")
            .field("id", TEXT, ModuleEvent::id, "The module's id.")
            .field("name", TEXT, ModuleEvent::name, "Its name, for people.")
            .field("version", TEXT, ModuleEvent::version, "Its version after the change, or before its removal.")
            .optional("former_version", TEXT, ModuleEvent::formerVersion, "The version that it had before.")
            .field("enabled", FLAG, ModuleEvent::enabled, "Whether it is enabled after the change.")
            .field("by", TEXT, ModuleEvent::by, "Who changed it.");

    private static final AnswerShape<WorkerEvent> WORKER = AnswerShape.<WorkerEvent>of(
                    "WorkerEvent", "A change of a worker.")
            .field(
                    "change",
                    word(WorkerEvent.Change.values(), WorkerEvent.Change::wireName),
                    WorkerEvent::change,
                    "The change.")
            .field("at", TIME, WorkerEvent::at, "When it was noticed.")
            .field("worker_id", TEXT, WorkerEvent::id, "The worker's id.")
            .field("hostname", TEXT, WorkerEvent::hostname, "The host on which it runs; empty when not known.")
            .field("version", TEXT, WorkerEvent::version, "The version of its software; empty when not known.")
            .field("attributes", WorkerJson.ATTRIBUTES, WorkerEvent::disabled, "Its access to the queue.");

    private static final AnswerShape<ScheduleEvent> SCHEDULE = AnswerShape.<ScheduleEvent>of(
                    "ScheduleEvent", "A change of a schedule, or a due time that has got its job or its reason.")
            .field(
                    "change",
                    word(ScheduleEvent.Change.values(), ScheduleEvent.Change::wireName),
                    ScheduleEvent::change,
                    "The change.")
            .field("at", TIME, ScheduleEvent::at, "When it happened.")
            .field("name", TEXT, ScheduleEvent::name, "The schedule's name.")
            .field("paused", FLAG, ScheduleEvent::paused, "Whether it is paused.")
            .nullable("next_at", TIME, ScheduleEvent::nextAt, "When it is due next.")
            .allOrNone(ScheduleJson.FIRE, ScheduleEvent::fire);

    private static final AnswerShape<QueueEvent> QUEUE = AnswerShape.<QueueEvent>of(
                    "QueueEvent", "A change of the queue.")
            .field(
                    "change",
                    word(QueueEvent.Change.values(), QueueEvent.Change::wireName),
                    QueueEvent::change,
                    "The change.")
            .field("at", TIME, QueueEvent::at, "When it took effect.")
            .optional("module", TEXT, QueueEvent::module, "The module whose jobs it concerns; all jobs without it.")
            .optional(
                    "removed", INTEGER, EventJson::removed, "The number of jobs that it removed at once, when it did.");

    private static final AnswerShape<CallbackEvent> CALLBACK = AnswerShape.<CallbackEvent>of(
                    "CallbackEvent", "A callback that came to the inbox, or was removed from there.")
            .field(
                    "change",
                    word(CallbackEvent.Change.values(), CallbackEvent.Change::wireName),
                    CallbackEvent::change,
                    "The change.")
            .field("at", TIME, CallbackEvent::at, "When it happened.")
            .field("id", ID, CallbackEvent::id, "The callback's id.")
            .optional("callback_id", TEXT, CallbackEvent::callbackId, "The sender's name for it.")
            .optional("source", TEXT, CallbackEvent::source, "The name of the sender.")
            .optional("status", TEXT, CallbackEvent::status, "A word for how the work ended.")
            .optional("job_id", ID, CallbackEvent::job, "The job that a hook started for it.");

    /** The reasons for which a reader has to begin anew. */
    public enum ResetReason {
        /** The id is not one of this life of the server. */
        ANOTHER_LIFE("The server was started anew, or the id is not one of its own."),
        /** The events after the id are not kept any more. */
        FELL_BEHIND("Events after the last one that you have are not kept any more.");

        private final String sentence;

        ResetReason(String sentence) {
            this.sentence = sentence;
        }
    }

    private static final String BEGIN_ANEW = " Read again what you show; the events from now on follow.";

    /** A gap in the events. */
    public static final AnswerShape<ResetReason> RESET = AnswerShape.<ResetReason>of(
                    "ResetEvent", "A gap in the events: read again what you show. The events from now on follow.")
            .field("reason", word(ResetReason.values(), EventJson::wireName), reason -> reason, "The reason.")
            .field("sentence", TEXT, reason -> reason.sentence + BEGIN_ANEW, "What to do, for people.");

    /** The reasons for which a stream ends. */
    public enum EndReason {
        /** The job has ended, and everything of it was sent. */
        JOB_ENDED,
        /** The job was removed. */
        JOB_REMOVED,
        /** The token has expired or was revoked. */
        TOKEN_ENDED,
        /** The server stops; connect again after the time in the field retry. */
        SERVER_STOPPING
    }

    /**
     * The end of a stream.
     *
     * @param reason the reason
     * @param status where the job stands, of the stream of a job that has ended; null otherwise
     */
    public record End(EndReason reason, @Nullable JobStatus status) {}

    /** The end of a stream. */
    public static final AnswerShape<End> END = AnswerShape.<End>of(
                    "EndEvent", "The end of the stream, as its last event.")
            .field("reason", word(EndReason.values(), EventJson::wireName), End::reason, "The reason.")
            .optional("status", JobJson.STATUS, End::status, "Where the job stands, when it has ended.");

    /** The data of each event of the server by the event's name, for the documentation. */
    public static final AnswerShape<Event> EVENTS = AnswerShape.<Event>of(
                    "Events", "The data of each event by the event's name; an event has one of them.")
            .optional("job", JOB, event -> null, "A change of a job.")
            .optional("module", MODULE, event -> null, "A change of a module.")
            .optional("worker", WORKER, event -> null, "A change of a worker.")
            .optional("schedule", SCHEDULE, event -> null, "A change of a schedule, or a fire.")
            .optional("queue", QUEUE, event -> null, "A change of the queue.")
            .optional("callback", CALLBACK, event -> null, "A change of the inbox of callbacks.")
            .optional("reset", RESET, event -> null, "A gap: read again what you show.")
            .optional("end", END, event -> null, "The end of the stream.");

    /** The data of each event of a job by the event's name, for the documentation. */
    public static final AnswerShape<Event> JOB_EVENTS = AnswerShape.<Event>of(
                    "JobEvents", "The data of each event by the event's name; an event has one of them.")
            .optional("job", JOB, event -> null, "A change of the job; the first one shows where it stands.")
            .optional("log", LogJson.ENTRY, event -> null, "A line of its log.")
            .optional(
                    "reset",
                    RESET,
                    event -> null,
                    "A gap in its changes; where it stands now follows, and no line is missing.")
            .optional("end", END, event -> null, "The end of the stream.");

    private EventJson() {}

    /** Writes the data of an event. */
    public static void write(JsonGenerator json, Event event) throws IOException {
        if (event instanceof JobEvent job) {
            JOB.write(json, job);
        } else if (event instanceof ModuleEvent module) {
            MODULE.write(json, module);
        } else if (event instanceof WorkerEvent worker) {
            WORKER.write(json, worker);
        } else if (event instanceof ScheduleEvent schedule) {
            SCHEDULE.write(json, schedule);
        } else if (event instanceof QueueEvent queue) {
            QUEUE.write(json, queue);
        } else if (event instanceof CallbackEvent callback) {
            CALLBACK.write(json, callback);
        }
    }

    private static @Nullable Integer removed(QueueEvent queue) {
        return queue.change() == QueueEvent.Change.CLEARED ? queue.removed() : null;
    }

    private static String wireName(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
