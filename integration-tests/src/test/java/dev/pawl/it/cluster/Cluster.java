package dev.pawl.it.cluster;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Servers of the distribution on one real PostgreSQL, which writes through to its disk. */
final class Cluster implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private final Path folder;
    private final Database database;
    private final Map<String, Server> servers = new LinkedHashMap<>();

    /** Starts the database; its servers have their data folders in a folder. */
    Cluster(Path folder) throws IOException {
        this.folder = folder;
        this.database = new Database(folder.resolve("database"));
    }

    Database database() {
        return database;
    }

    /** Starts a server, or one that was stopped or killed again on its data folder. */
    Server start(String name) {
        return start(name, Map.of());
    }

    /** Starts a server with further settings. */
    Server start(String name, Map<String, String> settings) {
        Server server = Server.start(folder.resolve(name), JAVA, environment(name, settings));
        servers.put(name, server);
        return server;
    }

    /** Starts a server without waiting. */
    Server launch(String name, Map<String, String> settings) {
        Server server = Server.launch(folder.resolve(name), JAVA, environment(name, settings));
        servers.put(name, server);
        return server;
    }

    private Map<String, String> environment(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PAWL_SECRET_KEY_FILE", folder.resolve("secret.key").toString());
        environment.put("PAWL_STORE_URL", "postgresql://postgres@localhost:" + database.port() + "/postgres");
        environment.put("PAWL_STORE_PASSWORD", "postgres");
        environment.put("PAWL_SERVER_NAME", name);
        environment.putAll(settings);
        return environment;
    }

    /** The servers by name, with the last process of each. */
    Map<String, Server> servers() {
        return servers;
    }

    @Override
    public void close() throws IOException {
        servers.values().forEach(Server::close);
        database.close();
    }
}
