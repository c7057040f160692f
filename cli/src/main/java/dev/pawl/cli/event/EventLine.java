package dev.pawl.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.EventStream.Event;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.job.LogLine;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.util.Optional;

/** Formats events for people, one line each: the time, what it is about, and what has happened. */
final class EventLine {
    private static final int TYPE_WIDTH = 8;

    private final Screen screen;
    private final Times times;
    private final LogLine log;

    EventLine(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
        this.log = new LogLine(screen, times);
    }

    /** Writes an event. */
    void write(Event event) {
        JsonNode data = event.data();
        switch (event.name()) {
            case "log" -> log.write(data);
            case "job" ->
                line(event, JobText.shortId(text(data, "id")), Colour.ofStatus(text(data, "status")), job(data));
            case "module" -> line(event, text(data, "id"), ofModule(text(data, "change")), module(data));
            case "worker" -> line(event, text(data, "worker_id"), ofWorker(text(data, "change")), worker(data));
            case "schedule" -> line(event, text(data, "name"), ofSchedule(data), schedule(data));
            case "callback" -> line(event, text(data, "source"), Colour.PLAIN, callback(data));
            case "queue" -> line(event, text(data, "module"), Colour.YELLOW, queue(data));
            default -> {} // the end of the stream, and a gap, of which a note tells
        }
    }

    /** The id or name of what an event is about. */
    Optional<String> subject(Event event) {
        String field =
                switch (event.name()) {
                    case "job", "module", "callback" -> "id";
                    case "worker" -> "worker_id";
                    case "schedule" -> "name";
                    case "queue" -> "module";
                    default -> "";
                };
        return Optional.of(text(event.data(), field)).filter(name -> !name.isEmpty());
    }

    private void line(Event event, String subject, Colour colour, String happened) {
        String type =
                event.name() + " ".repeat(Math.max(0, TYPE_WIDTH - event.name().length()));
        screen.line(screen.paint(Colour.DIM, times.exact(text(event.data(), "at"))) + " " + type + " "
                + (subject.isEmpty() ? "" : screen.paint(Colour.BOLD, PlainText.oneLine(subject)) + " ")
                + screen.paint(colour, PlainText.oneLine(happened)));
    }

    private static String job(JsonNode job) {
        String title = text(job, "job_title");
        String reason = text(job.path("reason"), "sentence");
        return switch (text(job, "change")) {
            case "present" -> joined(title, text(job, "status"), reason);
            case "added" -> joined(title, "added", reason);
            case "started" -> joined(title, "running", "");
            case "next_task" -> joined(title, "goes on with " + text(job, "module"), "");
            case "progress" -> joined(title, JobText.percent(job), "");
            case "waiting" -> joined(title, "waits", reason);
            case "ended" -> joined(title, text(job, "status"), text(job, "error"));
            case "changed" -> joined(title, "changed", reason);
            default -> joined(title, text(job, "change"), "");
        };
    }

    private static String joined(String title, String what, String why) {
        return title + " " + what + (why.isEmpty() ? "" : ": " + why);
    }

    private static String module(JsonNode module) {
        String former = text(module, "former_version");
        return text(module, "version") + " " + text(module, "change").replace('_', ' ')
                + (former.isEmpty() ? "" : ", was " + former)
                + ", by " + text(module, "by");
    }

    private static Colour ofModule(String change) {
        return switch (change) {
            case "installed", "updated", "enabled", "rolled_back" -> Colour.GREEN;
            case "draining", "kept" -> Colour.YELLOW;
            default -> Colour.PLAIN;
        };
    }

    private static String worker(JsonNode worker) {
        String host = text(worker, "hostname");
        return text(worker, "change") + (host.isEmpty() ? "" : ", on " + host);
    }

    private static Colour ofWorker(String change) {
        return switch (change) {
            case "appeared", "heard", "enabled" -> Colour.GREEN;
            case "lost" -> Colour.RED;
            default -> Colour.YELLOW;
        };
    }

    private String schedule(JsonNode schedule) {
        String change = text(schedule, "change");
        String next = text(schedule, "next_at");
        String detail = text(schedule, "detail");
        String job = text(schedule, "job_id");
        return change
                + (job.isEmpty() ? "" : " job " + JobText.shortId(job))
                + (detail.isEmpty() ? "" : ": " + detail)
                + (next.isEmpty() ? "" : (detail.endsWith(".") ? " Next " : ", next ") + times.toCome(next));
    }

    private static Colour ofSchedule(JsonNode schedule) {
        return switch (text(schedule, "outcome")) {
            case "started" -> Colour.GREEN;
            case "failed" -> Colour.RED;
            case "skipped_overlap", "skipped_missed" -> Colour.YELLOW;
            default -> Colour.PLAIN;
        };
    }

    private static String callback(JsonNode callback) {
        String job = text(callback, "job_id");
        return (text(callback, "callback_id") + " " + text(callback, "status")).strip() + " " + text(callback, "change")
                + (job.isEmpty() ? "" : ", job " + JobText.shortId(job));
    }

    private static String queue(JsonNode queue) {
        String removed = text(queue, "removed");
        return text(queue, "change")
                + (text(queue, "change").equals("cleared") ? ": " + removed + " jobs removed" : "");
    }

    private static String text(JsonNode object, String field) {
        return JsonTrees.text(object, field);
    }
}
