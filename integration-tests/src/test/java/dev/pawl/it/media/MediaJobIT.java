package dev.pawl.it.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of several tasks on media: encode, mux, extract, move. */
@NeedsProgram({"ffmpeg", "ffprobe", "mkvmerge", "mkvextract"})
class MediaJobIT {

    private static final String ENCODE = """
            {"module": "ffmpeg", "data": {
              "sources": ["film.mkv"],
              "source_maps": [{"source": 0, "specifier": "v", "stream": 0}, {"source": 0, "specifier": "a", "stream": 0}],
              "output_maps": [
                {"specifier": "v", "stream": 0, "options": {"codec": "libx264", "preset": "ultrafast"}},
                {"specifier": "a", "stream": 0, "option_set": "opus-128k-stereo"}],
              "output_file": "encoded.mkv", "overwrite": true}}""";

    private static final String MUX = """
            {"module": "mkvmerge", "data": {
              "sources": [{"filename": "encoded.mkv"}],
              "tracks": [
                {"source": 0, "track": 0, "options": {"language": "eng", "track-name": "Picture"}},
                {"source": 0, "track": 1, "options": {"language": "jpn", "default-track": "yes"}}],
              "output_file": "muxed.mkv",
              "options": {"title": "A title", "no-global-tags": null}}}""";

    private static final String EXTRACT = """
            {"module": "mkvextract", "data": {
              "source": "muxed.mkv", "tracks": [{"id": 0, "track_type": "audio", "language": "jpn", "filename": "sound.opus"}]}}""";

    private static final String MOVE = """
            {"module": "cleanup", "data": {
              "move": [{"source": "muxed.mkv", "destination": "done/"}, {"source": "sound.opus", "destination": "done/"}],
              "delete": ["encoded.mkv"]}}""";

    @TempDir
    static Path folder;

    private static MediaServer server;

    @BeforeAll
    static void startTheServer() throws IOException, InterruptedException {
        server = new MediaServer(folder, "ffmpeg", "mkvmerge", "mkvextract", "cleanup");
        SmallFilm.make(server.media().resolve("film.mkv"), 2);
        Files.createDirectory(server.media().resolve("done"));
        put("opus-128k-stereo", Map.of("codec", "libopus", "b", "128k", "ac", 2, "vbr", "on", "application", "audio"));
        put(
                "x265-dark-and-stormy",
                Map.of(
                        "codec",
                        "libx265",
                        "crf",
                        19,
                        "pix_fmt",
                        "yuv420p10le",
                        "preset",
                        "slow",
                        "x265-params",
                        Map.of("limit-sao", 1, "bframes", 8, "psy-rd", 1, "psy-rdoq", 2, "aq-mode", 3)));
    }

    private static void put(String optionSet, Map<String, Object> options) {
        server.api()
                .post("/data/ffmpeg/" + optionSet, Map.of("name", optionSet, "options", options))
                .expect(204);
    }

    @AfterAll
    static void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void removeWhatOtherTestsMade() throws IOException {
        for (String name : server.names()) {
            if (!List.of("film.mkv", "subtitles.srt", "done").contains(name)) {
                Files.delete(server.media().resolve(name));
            }
        }
    }

    private static String job(String... tasks) {
        return "{\"job_title\": \"Film\", \"tasks\": [" + String.join(",", tasks) + "]}";
    }

    private static JsonNode failed(String jobFile, String phase, int task) throws IOException {
        JsonNode job = server.ended(jobFile);
        assertEquals("failed", job.get("status").asText(), job.toString());
        assertEquals(phase, job.at("/failure/phase").asText(), job.toString());
        assertEquals(task, job.at("/failure/task_index").asInt(), job.toString());
        return job;
    }

    @Test
    void aFilmIsEncodedMuxedExtractedAndMoved() throws Exception {
        JsonNode job = server.ended(job(ENCODE, MUX, EXTRACT, MOVE));

        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals(List.of("done", "film.mkv", "subtitles.srt"), server.names());
        assertEquals(
                List.of("h264,video", "opus,audio"),
                SmallFilm.streams(server.media().resolve("done/muxed.mkv")));
        assertEquals(List.of("opus,audio"), SmallFilm.streams(server.media().resolve("done/sound.opus")));
    }

    @Test
    void nothingRunsWhenTheThirdTaskIsWrong() throws IOException {
        JsonNode job = failed(job(ENCODE, MUX, EXTRACT.replace("muxed.mkv", "other.mkv"), MOVE), "validate", 2);

        assertTrue(job.get("error").asText().contains("other.mkv"), job.toString());
        assertEquals(List.of("done", "film.mkv", "subtitles.srt"), server.names());
    }

    @Test
    void aFailureOfTheThirdTaskLeavesWhatTheFirstTwoMade() throws Exception {
        failed(job(ENCODE, MUX, EXTRACT.replace("jpn", "fre"), MOVE), "run", 2);

        assertEquals(List.of("done", "encoded.mkv", "film.mkv", "muxed.mkv", "subtitles.srt"), server.names());
        assertEquals(
                List.of("h264,video", "opus,audio"),
                SmallFilm.streams(server.media().resolve("muxed.mkv")));
    }

    /** As users of the older worker system have it; only the names of files are filled in. */
    @Test
    void anOlderJobFileRunsAsItIs() throws Exception {
        JsonNode job = server.ended(Files.readString(Path.of(
                        System.getProperty("pawl.root"), "integration-tests/src/test/resources/media/older-job.json"))
                .replace("{{ public_share }}", server.media().resolve("done").toString()));

        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals(List.of("done", "film.mkv", "subtitles.srt"), server.names());
        assertEquals(
                List.of("hevc,video", "opus,audio", "opus,audio", "subrip,subtitle"),
                SmallFilm.streams(server.media().resolve("done/Film.mkv")));
    }
}
