package dev.pawl.it.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real distribution with the modules for media enabled, and a folder for them. */
final class MediaServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path media;
    private Server server;

    /**
     * Starts the server.
     *
     * @param folder an empty folder, for the server and the media
     */
    MediaServer(Path folder, String... modules) throws IOException {
        this.folder = folder.toRealPath();
        this.media = Files.createDirectory(this.folder.resolve("media"));
        this.server = start();
        try {
            List.of(modules).forEach(this::enable);
        } catch (AssertionError refused) {
            close();
            throw refused;
        }
    }

    private void enable(String module) {
        api().post("/modules/" + module + "/enable", Map.of()).expect(200);
        api().json("PUT", "/modules/" + module + "/settings", Map.of("root", media.toString()))
                .expect(200);
    }

    private Server start() {
        return Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_FILE_ROOTS", media.toString()));
    }

    Api api() {
        return server.api();
    }

    /** The folder of relative paths. */
    Path media() {
        return media;
    }

    /** Queues a job file; returns the job's id. */
    String queue(String jobFile) throws IOException {
        return api().post("/queue", JSON.readTree(jobFile))
                .expect(200)
                .get("job_id")
                .asText();
    }

    /** Queues a job file and waits for the job's end. */
    JsonNode ended(String jobFile) throws IOException {
        return api().awaitEnd(queue(jobFile));
    }

    /** Kills the server itself. */
    void kill() {
        server.kill();
    }

    void startAgain() {
        server = start();
    }

    /** The names in the folder of relative paths, hidden ones too. */
    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(media)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** The processes of this server's FFmpeg, whose arguments name the folder. */
    List<ProcessHandle> encoders() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.endsWith("/ffmpeg"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Stream.of(arguments).anyMatch(one -> one.contains(media.toString())))
                        .isPresent())
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
