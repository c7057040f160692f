package dev.pawl.it.cluster;

import dev.pawl.it.server.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Servers of the distribution on one real PostgreSQL, which writes through to its disk. */
final class Cluster implements AutoCloseable {

    private static final String KEY = "secret.key";

    private final Path folder;
    private final EmbeddedPostgres database;
    private final Map<String, Server> servers = new LinkedHashMap<>();

    /** Starts the database; its servers have their data folders in a folder. */
    Cluster(Path folder) throws IOException {
        this.folder = folder;
        this.database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    EmbeddedPostgres database() {
        return database;
    }

    /** Starts a server, or one that was stopped or killed again on its data folder. */
    Server start(String name) {
        return start(name, Map.of());
    }

    /** Starts a server with further settings. */
    Server start(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PAWL_STORE_URL", "postgresql://postgres@localhost:" + database.getPort() + "/postgres");
        environment.put("PAWL_STORE_PASSWORD", "postgres");
        environment.put("PAWL_SERVER_NAME", name);
        shareKey(folder.resolve(name).resolve(KEY));
        Server server = Server.start(folder.resolve(name), Path.of(System.getProperty("java.home")), environment);
        servers.put(name, server);
        return server;
    }

    /** Gives a new server the key of the first, without which it would not start. */
    private void shareKey(Path own) {
        try {
            if (servers.isEmpty() || Files.exists(own)) {
                return;
            }
            Files.createDirectories(own.getParent());
            Path ofFirst = folder.resolve(servers.keySet().iterator().next()).resolve(KEY);
            Files.copy(ofFirst, own, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        servers.values().forEach(Server::close);
        database.close();
    }
}
