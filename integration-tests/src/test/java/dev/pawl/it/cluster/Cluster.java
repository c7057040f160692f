package dev.pawl.it.cluster;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Servers of the distribution on one real PostgreSQL, which writes through to its disk. */
public final class Cluster implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private final Path folder;
    private final Database database;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, String> addresses = new HashMap<>();

    /** Starts the database; its servers have their data folders in a folder. */
    public Cluster(Path folder) throws IOException {
        this.folder = folder;
        this.database = new Database(folder.resolve("database"));
    }

    public Database database() {
        return database;
    }

    /** Starts a server, or one that was stopped or killed again on its data folder. */
    public Server start(String name) {
        return start(name, Map.of());
    }

    /** Starts a server with further settings. */
    public Server start(String name, Map<String, String> settings) {
        Server server = Server.start(folder.resolve(name), JAVA, environment(name, settings));
        servers.put(name, server);
        return server;
    }

    /** Starts a server without waiting. */
    public Server launch(String name, Map<String, String> settings) {
        Server server = Server.launch(folder.resolve(name), JAVA, environment(name, settings));
        servers.put(name, server);
        return server;
    }

    private Map<String, String> environment(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PAWL_SECRET_KEY_FILE", folder.resolve("secret.key").toString());
        environment.put("PAWL_CALLBACK_KEY_FILE", folder.resolve("callback.key").toString());
        environment.put(
                "PAWL_STORE_URL", "postgresql://postgres@" + address(name) + ":" + database.port() + "/postgres");
        environment.put("PAWL_STORE_PASSWORD", "postgres");
        environment.put("PAWL_SERVER_NAME", name);
        environment.put("PAWL_ROLL_OUT_PROVING", "1s");
        environment.putAll(settings);
        return environment;
    }

    /** The address at which a server has the database; each has another one, so that the network of one alone can be cut. */
    public String address(String name) {
        addresses.putIfAbsent(name, Database.ADDRESSES.get(addresses.size() % Database.ADDRESSES.size()));
        return addresses.get(name);
    }

    /** The data folder of a server. */
    public Path data(String name) {
        return folder.resolve(name);
    }

    /** The servers by name, with the last process of each. */
    public Map<String, Server> servers() {
        return servers;
    }

    @Override
    public void close() throws IOException {
        servers.values().forEach(Server::close);
        database.close();
    }
}
