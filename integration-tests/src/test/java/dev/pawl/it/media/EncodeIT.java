package dev.pawl.it.media;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encodes that do not come to their end by themselves, in the real distribution. */
@NeedsProgram({"ffmpeg", "ffprobe"})
class EncodeIT {

    /** Ample for a busy machine, and less than what is stopped would take to its own end. */
    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private MediaServer server;

    @BeforeEach
    void startTheServer() throws IOException {
        server = new MediaServer(folder, "ffmpeg");
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    /** Begins an encode that takes as long as the film, and waits until it writes; returns the job's id. */
    private String begun(int seconds) throws IOException, InterruptedException {
        SmallFilm.make(server.media().resolve("film.mkv"), seconds);
        String id = server.queue("""
                {"job_title": "In real time", "tasks": [{"module": "ffmpeg", "data": {
                  "input_options": {"re": true},
                  "sources": ["film.mkv"],
                  "source_maps": [{"source": 0, "specifier": "v"}],
                  "output_maps": [{"specifier": "v", "options": {"codec": "mpeg4"}}],
                  "output_file": "out.mkv"}}]}""");
        eventually("the encode writes", () -> server.names().stream().anyMatch(name -> name.startsWith(".pawl-")));
        return id;
    }

    @Test
    void aStoppedEncodeIsGoneSoonAndLeavesNothing() throws Exception {
        String id = begun(60);
        List<ProcessHandle> encoders = server.encoders();
        assertEquals(1, encoders.size());
        eventually("progress", () -> server.api().job(id).get("progress").asDouble() > 0);
        JsonNode info = server.api().job(id).get("info");

        long begin = System.nanoTime();
        server.api().post("/jobs/" + id + "/stop", Map.of()).expect(200);
        eventually("ffmpeg is gone", () -> !encoders.get(0).isAlive());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertTrue(taken.compareTo(MOST_FOR_A_STOP) < 0, () -> "took " + taken);
        assertEquals("stopped", server.api().awaitEnd(id).get("status").asText());
        assertEquals(List.of("film.mkv", "subtitles.srt"), server.names());
        assertEquals(600, info.get("total_frames").asInt(), info.toString());
        assertTrue(info.get("current_frame").asInt() > 0, info.toString());
    }

    @Test
    void aKilledServerTakesItsEncodeWithItAndTheJobIsDoneAfterTheNextStart() throws Exception {
        String id = begun(3);
        List<ProcessHandle> encoders = server.encoders();
        assertEquals(1, encoders.size());

        server.kill();
        eventually("ffmpeg is gone", () -> !encoders.get(0).isAlive());
        assertEquals(3, server.names().size(), "the killed encode left its file: " + server.names());
        server.startAgain();

        JsonNode job = server.api().awaitEnd(id);
        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals(List.of("film.mkv", "out.mkv", "subtitles.srt"), server.names());
        assertEquals(List.of("mpeg4,video"), SmallFilm.streams(server.media().resolve("out.mkv")));
        assertEquals(1, server.api().results(id).size());
        assertEquals(List.of(), server.encoders());
    }
}
