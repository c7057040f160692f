package dev.pawl.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.clients.Wire.Response;
import java.io.IOException;

/** The requests of the older system's polling worker: their contents, and its interpretation of the answers. */
final class PollingWorker {

    static final String ID = "11111111-2222-3333-4444-555555555555";

    private static final String SELF =
            "\"hostname\": \"encoder01\", \"version\": \"1.5.9\", \"online_at\": \"2026-01-01 10:00:00.392000+00:00\"";

    private final Wire wire;

    PollingWorker(Wire wire) {
        this.wire = wire;
    }

    /** An answer that would have ended the program. */
    static final class EndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private EndedException(String at, Response answer) {
            super(at + " was answered with " + answer.status() + " " + answer.text());
        }
    }

    /** The first heartbeat, sent before the worker knows its start time. */
    Response beatAtStart() throws IOException {
        return beat("{\"status\": \"startup\", \"hostname\": \"encoder01\", \"version\": \"1.5.9\","
                + " \"online_at\": \"None\"}");
    }

    Response beatIdle() throws IOException {
        return beat("{\"status\": \"idle\", " + SELF + "}");
    }

    /** A heartbeat while a job runs; {@code more} holds further fields, each preceded by a comma. */
    Response beatAt(JsonNode job, String task, String more) throws IOException {
        return beat("{\"status\": \"in_progress\", \"task\": \"" + task + "\"" + more + ", " + SELF + ", \"job_id\": "
                + job.get("job_id") + ", \"job_title\": " + job.get("job_title") + "}");
    }

    Response beat(String json) throws IOException {
        return wire.send("POST", "/workers/" + ID, json);
    }

    /** Makes the requests that precede each poll, and returns whether the worker would then poll. */
    boolean mayPoll() throws IOException {
        if (disabled("GET /queue", wire.get("/queue"))) {
            return false;
        }
        Response self = wire.get("/workers/" + ID);
        return self.status() == 200 && !disabled("GET /workers/" + ID, self);
    }

    private static boolean disabled(String request, Response answer) {
        JsonNode disabled = json(request, answer).at("/attributes/disabled");
        if (!disabled.isBoolean()) {
            throw new EndedException(request, answer);
        }
        return disabled.booleanValue();
    }

    /** The next job; null when there is none. */
    JsonNode poll() throws IOException {
        Response answer = wire.get("/queue/poll");
        if (answer.status() == 404) {
            return null;
        }
        JsonNode job = json("GET /queue/poll", answer);
        if (answer.text().contains("&")) { // the worker would decode it as an HTML entity before it parses the JSON
            throw new EndedException("GET /queue/poll", answer);
        }
        for (String field : new String[] {"job_id", "job_title", "tasks"}) {
            if (!job.hasNonNull(field)) {
                throw new EndedException("GET /queue/poll", answer);
            }
        }
        return job;
    }

    Response complete(JsonNode job, boolean failed, String info) throws IOException {
        return wire.send(
                "PATCH",
                "/jobs/" + job.get("job_id").asText() + "/completed",
                "{\"failed\": " + failed + ", \"info\": " + info + "}");
    }

    private static JsonNode json(String request, Response answer) {
        try {
            return new ObjectMapper().readTree(answer.text());
        } catch (IOException e) {
            throw new EndedException(request, answer);
        }
    }
}
