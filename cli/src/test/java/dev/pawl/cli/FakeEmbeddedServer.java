package dev.pawl.cli;

import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.launch.StoreMigration;
import dev.pawl.launch.UpkeepWork;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An embedded server that starts nothing: it returns the address of an existing server. */
final class FakeEmbeddedServer implements EmbeddedServer {
    private final URI url;
    private final String dataDir;
    private final List<Options> started = new CopyOnWriteArrayList<>();
    private final Map<String, Object> upgrade = new HashMap<>(Map.of(
            "version",
            "0.2.0",
            "store",
            "/data/pawl.db",
            "schema_version",
            17,
            "supported_schema_version",
            19,
            "store_bytes",
            3_000_000L,
            "room_bytes",
            9_000_000_000L,
            "verdict",
            "migrates",
            "backups",
            List.of()));
    private volatile RefusedException refusal;
    private volatile boolean closed;

    FakeEmbeddedServer(URI url, String dataDir) {
        this.url = url;
        this.dataDir = dataDir;
    }

    /** Makes the start fail. */
    FakeEmbeddedServer refusing(String why, int exitCode) {
        refusal = new RefusedException(why, exitCode);
        return this;
    }

    List<Options> started() {
        return List.copyOf(started);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Map<String, String> settings(Map<String, String> flags) {
        Map<String, String> settings =
                new HashMap<>(Map.of("pawl.data.dir", dataDir, "pawl.api.host", "127.0.0.1", "pawl.api.port", "1"));
        settings.putAll(flags);
        return settings;
    }

    @Override
    public Map<String, Object> upkeep(UpkeepWork work, Map<String, String> arguments, Map<String, String> flags)
            throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        return switch (work) {
            case PURGE -> Map.of("total", 2, "removed", Map.of("completed", 2), "dry_run", false);
            case BACKUP -> Map.of("file", arguments.getOrDefault("file", ""), "bytes", 7, "artifacts", 1);
            case CHECK -> Map.of("sound", false, "jobs", 1, "defects", List.of("1 job(s) have no request."));
            case VERIFY_AUDIT -> Map.of("sound", true, "entries", 1, "first", 1, "head", "0123456789abcdef".repeat(4));
            case RESTORE -> Map.of("file", arguments.getOrDefault("file", ""), "replaced", "aside");
        };
    }

    @Override
    public Map<String, Object> migrate(
            Direction direction, String address, Map<String, String> flags, StoreMigration.Progress progress)
            throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        progress.at("copying jobs", 0, 4);
        progress.at("comparing jobs", 2, 4);
        boolean toShared = direction == Direction.TO_SHARED;
        return Map.of(
                "from",
                toShared ? dataDir : address,
                "to",
                toShared ? address : dataDir,
                "records",
                2,
                "kinds",
                List.of(
                        Map.of("kind", "jobs", "records", 2, "sha256", "0123456789abcdef".repeat(4)),
                        Map.of("kind", "fires", "records", 0, "sha256", "0".repeat(64))),
                "data",
                dataDir,
                "not_in_the_store",
                List.of("secret.key", "tls"));
    }

    /** A store of schema 17, and a release of schema 19. */
    @Override
    public Map<String, Object> upgrade(Map<String, String> flags) throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        Map<String, Object> answer = new HashMap<>(upgrade);
        answer.put("data", dataDir);
        return answer;
    }

    /** Changes a member of what {@code upgrade} returns. */
    FakeEmbeddedServer upgrading(String member, Object value) {
        upgrade.put(member, value);
        return this;
    }

    @Override
    public Map<String, Object> describe(Path jar) throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        return Map.of(
                "bundle",
                "com.example.sample",
                "version",
                "1.2.0",
                "modules",
                List.of(Map.of(
                        "id",
                        "sample",
                        "name",
                        "Sample",
                        "inputs",
                        List.of(Map.of("id", "count", "type", "integer", "required", false, "default", 3)),
                        "settings",
                        List.of())),
                "imports",
                List.of("dev.pawl.api.module"),
                "exports",
                List.of(),
                "libraries",
                List.of("lib/jsoup-1.21.2.jar"));
    }

    @Override
    public Running start(Options options) throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        started.add(options);
        return new Running() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public boolean awaitStop(Duration most) {
                return true;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
